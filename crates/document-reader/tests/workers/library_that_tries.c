/* Tries to get out as soon as it is loaded, and ends the process when it can do any of it. With MAIN it is a
   program of its own, in which no cage is closed. */
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int can_create(void) {
    return open(FOLDER "/created", O_WRONLY | O_CREAT, 0600) >= 0;
}

static int can_read(void) {
    char letter;
    int file = open(FOLDER "/secret", O_RDONLY);
    return file >= 0 && read(file, &letter, 1) == 1;
}

static int can_write(void) {
    return open(FOLDER "/secret", O_WRONLY) >= 0;
}

static int can_open_socket(void) {
    return socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_UNIX, SOCK_DGRAM, 0) >= 0;
}

static int can_start_program(void) {
    char *arguments[] = {"touch", FOLDER "/started", NULL};
    char *environment[] = {NULL};
    pid_t child;
    int status = -1;
    return posix_spawn(&child, "/usr/bin/touch", NULL, NULL, arguments, environment) == 0
        && waitpid(child, &status, 0) == child && status == 0;
}

static int can_fork(void) {
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    return child > 0;
}

__attribute__((constructor)) static void try_everything(void) {
    int done = can_create() | can_read() << 1 | can_write() << 2 | can_open_socket() << 3
        | can_start_program() << 4 | can_fork() << 5;
    if (done)
        _exit(100 + done);
}

#ifdef MAIN
int main(void) {
    return 0;
}
#endif
