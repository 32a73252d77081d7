# Comfort: each line stands for one command of cargo's.

# everything but tests: format, lints, documentation, licences, who-may-use-whom
check:
    cargo xtask check

# what continuous integration runs: the checks and all tests
test:
    cargo xtask test

# who-may-use-whom alone
check-deps:
    cargo xtask check-deps

# benchmarks
bench:
    cargo bench --workspace

# the documentation of our own crates
docs:
    cargo doc --workspace --no-deps

# every fuzz target for a minute
fuzz:
    cargo xtask fuzz
