# Keeps one cluster for the program at the other end of the pipes: does what each line of standard input wishes, and
# answers each with a line. When the input ends, the program has ended too, in whatever way: the cluster goes.
# $1: the folder of PostgreSQL's programs.
set -u
programs=$1
cd /

folder=$(mktemp -d /tmp/fieldmark-postgres.XXXXXX) || exit 1
remove() {
    "$programs/pg_ctl" stop -D "$folder/data" -m immediate -s >/dev/null 2>&1
    rm -rf "$folder"
}
trap remove EXIT
trap 'exit 1' HUP INT TERM

# UTF-8 whatever the machine has; columns that are searched by their beginnings name their collation themselves.
make() {
    "$programs/initdb" -D "$folder/data" --no-sync --auth=trust --username=postgres --encoding=UTF8 \
        --locale=C.UTF-8 &&
        cat >>"$folder/data/postgresql.conf" <<SETTINGS
listen_addresses = ''
unix_socket_directories = '$folder'
fsync = off
full_page_writes = off
shared_buffers = 32MB
max_connections = 300
log_min_messages = fatal
SETTINGS
}

answer() {
    if "$@" >>"$folder/log" 2>&1 </dev/null; then
        echo done
    else
        echo "failed: $(tail -n 8 "$folder/log" | tr '\n' ' ')"
    fi
}

echo "$folder"
answer make
while read -r operation; do
    case $operation in
    start) answer "$programs/pg_ctl" start -D "$folder/data" -l "$folder/log" -w -s ;;
    stop) answer "$programs/pg_ctl" stop -D "$folder/data" -m fast -w -s ;;
    esac
done
