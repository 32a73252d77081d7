//! The system calls that are refused to a worker, grouped by purpose. The numbers are the kernel's
//! (`syscalls(2)`; `asm/unistd.h` of the architecture).

use std::ops::Range;

/// Communication: the pipes are read and written as files and need no sockets.
const SOCKETS: &[i64] = &[
    libc::SYS_socket,
    libc::SYS_socketpair,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_sendto,
    libc::SYS_sendmsg,
    libc::SYS_sendmmsg,
    libc::SYS_recvfrom,
    libc::SYS_recvmsg,
    libc::SYS_recvmmsg,
    libc::SYS_shutdown,
    libc::SYS_setsockopt,
    libc::SYS_getsockopt,
    libc::SYS_msgget,
    libc::SYS_msgsnd,
    libc::SYS_msgrcv,
    libc::SYS_msgctl,
    libc::SYS_semget,
    libc::SYS_semop,
    libc::SYS_semtimedop,
    libc::SYS_semctl,
    libc::SYS_shmget,
    libc::SYS_shmat,
    libc::SYS_shmctl,
    libc::SYS_shmdt,
    libc::SYS_mq_open,
    libc::SYS_mq_unlink,
    libc::SYS_mq_timedsend,
    libc::SYS_mq_timedreceive,
    libc::SYS_mq_notify,
    libc::SYS_mq_getsetattr,
];

/// Starting programs, and accessing other processes.
const PROCESSES: &[i64] = &[
    libc::SYS_execve,
    libc::SYS_execveat,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_process_mrelease,
    libc::SYS_kcmp,
    libc::SYS_pidfd_open,
    libc::SYS_pidfd_getfd,
    libc::SYS_pidfd_send_signal,
    libc::SYS_setpriority,
    libc::SYS_ioprio_set,
    libc::SYS_sched_setscheduler,
    libc::SYS_sched_setparam,
    libc::SYS_sched_setattr,
    libc::SYS_sched_setaffinity,
    libc::SYS_move_pages,
    libc::SYS_migrate_pages,
    libc::SYS_setsid,
    libc::SYS_setpgid,
];

/// Changing files and folders, and creating files without `open`.
const FILES: &[i64] = &[
    libc::SYS_mkdirat,
    libc::SYS_mknodat,
    libc::SYS_renameat2,
    libc::SYS_linkat,
    libc::SYS_symlinkat,
    libc::SYS_unlinkat,
    libc::SYS_fchmod,
    libc::SYS_fchmodat,
    libc::SYS_fchown,
    libc::SYS_fchownat,
    libc::SYS_utimensat,
    libc::SYS_truncate,
    libc::SYS_ftruncate,
    libc::SYS_fallocate,
    libc::SYS_setxattr,
    libc::SYS_lsetxattr,
    libc::SYS_fsetxattr,
    libc::SYS_removexattr,
    libc::SYS_lremovexattr,
    libc::SYS_fremovexattr,
    libc::SYS_name_to_handle_at,
    libc::SYS_open_by_handle_at,
    libc::SYS_memfd_create,
    libc::SYS_memfd_secret,
    libc::SYS_fanotify_init,
    libc::SYS_fanotify_mark,
    libc::SYS_inotify_init1,
    libc::SYS_inotify_add_watch,
    libc::SYS_copy_file_range,
    libc::SYS_sendfile,
    libc::SYS_splice,
    libc::SYS_tee,
    libc::SYS_vmsplice,
];

/// The machine and its kernel: calls for administrators only, and calls that had vulnerabilities.
const KERNEL: &[i64] = &[
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_io_setup,
    libc::SYS_io_submit,
    libc::SYS_keyctl,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_mount_setattr,
    libc::SYS_move_mount,
    libc::SYS_open_tree,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_kexec_load,
    libc::SYS_reboot,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_acct,
    libc::SYS_quotactl,
    libc::SYS_quotactl_fd,
    libc::SYS_settimeofday,
    libc::SYS_clock_settime,
    libc::SYS_adjtimex,
    libc::SYS_clock_adjtime,
    libc::SYS_sethostname,
    libc::SYS_setdomainname,
    libc::SYS_syslog,
    libc::SYS_lookup_dcookie,
    libc::SYS_nfsservctl,
    libc::SYS_personality,
    libc::SYS_vhangup,
    libc::SYS_setuid,
    libc::SYS_setgid,
    libc::SYS_setreuid,
    libc::SYS_setregid,
    libc::SYS_setresuid,
    libc::SYS_setresgid,
    libc::SYS_setfsuid,
    libc::SYS_setfsgid,
    libc::SYS_setgroups,
    libc::SYS_capset,
];

/// The older forms of the calls above, which newer architectures do not have.
#[cfg(target_arch = "x86_64")]
const ONLY_HERE: &[i64] = &[
    libc::SYS_fork,
    libc::SYS_vfork,
    libc::SYS_creat,
    libc::SYS_mkdir,
    libc::SYS_mknod,
    libc::SYS_rename,
    libc::SYS_renameat,
    libc::SYS_link,
    libc::SYS_symlink,
    libc::SYS_unlink,
    libc::SYS_rmdir,
    libc::SYS_chmod,
    libc::SYS_chown,
    libc::SYS_lchown,
    libc::SYS_utime,
    libc::SYS_utimes,
    libc::SYS_futimesat,
    libc::SYS_inotify_init,
    libc::SYS_setrlimit,
    libc::SYS_kexec_file_load,
    libc::SYS_uselib,
    libc::SYS__sysctl,
    libc::SYS_iopl,
    libc::SYS_ioperm,
    libc::SYS_modify_ldt,
];

/// `renameat`, `setrlimit` and `kexec_file_load`, which some C libraries do not name here.
#[cfg(target_arch = "aarch64")]
const ONLY_HERE: &[i64] = &[38, 164, 294];

/// `fchmodat2`, which some C libraries do not name.
const RECENT: &[i64] = &[452];

/// Refused with any arguments.
pub const ALWAYS: [&[i64]; 6] = [SOCKETS, PROCESSES, FILES, KERNEL, ONLY_HERE, RECENT];

/// Opening a file, and the index of the argument with the flags.
#[cfg(target_arch = "x86_64")]
pub const OPENING: [(i64, u8); 2] = [(libc::SYS_openat, 2), (libc::SYS_open, 1)];
/// Opening a file, and the index of the argument with the flags.
#[cfg(target_arch = "aarch64")]
pub const OPENING: [(i64, u8); 1] = [(libc::SYS_openat, 2)];

/// Flags that open a file for anything except reading.
pub const WRITING: [u64; 4] =
    [libc::O_WRONLY as u64, libc::O_RDWR as u64, libc::O_CREAT as u64, libc::O_TRUNC as u64];

/// Signals, allowed only to the process itself, which aborts by one. The first argument is the
/// process, in `tkill` the thread; the first thread has the process's number.
pub const SIGNALS: [i64; 5] = [
    libc::SYS_kill,
    libc::SYS_tkill,
    libc::SYS_tgkill,
    libc::SYS_rt_sigqueueinfo,
    libc::SYS_rt_tgsigqueueinfo,
];

/// Requests of `ioctl` that type into a terminal (`TIOCSTI`, `TIOCLINUX`), and requests that name a
/// process to signal when a file is ready (`FIOSETOWN`, `SIOCSPGRP`, `FIOASYNC`).
pub const REQUESTS: [u64; 5] = [0x5412, 0x541c, 0x8901, 0x8902, 0x5452];

/// Commands of `fcntl` that name such a process and its signal (`F_SETOWN`, `F_SETSIG`,
/// `F_SETOWN_EX`). With them a pipe of the worker could send any signal to any process of the user.
pub const COMMANDS: [u64; 3] = [8, 10, 15];

/// Calls that use a file by its number, and the index of the argument with the number.
pub const USING_A_FILE: [(i64, u8); 22] = [
    (libc::SYS_read, 0),
    (libc::SYS_readv, 0),
    (libc::SYS_pread64, 0),
    (libc::SYS_preadv, 0),
    (libc::SYS_preadv2, 0),
    (libc::SYS_write, 0),
    (libc::SYS_writev, 0),
    (libc::SYS_pwrite64, 0),
    (libc::SYS_pwritev, 0),
    (libc::SYS_pwritev2, 0),
    (libc::SYS_mmap, 4),
    (libc::SYS_dup, 0),
    (libc::SYS_dup3, 0),
    (libc::SYS_fcntl, 0),
    (libc::SYS_ioctl, 0),
    (libc::SYS_openat, 0),
    (libc::SYS_getdents64, 0),
    (libc::SYS_fchdir, 0),
    (libc::SYS_lseek, 0),
    (libc::SYS_flock, 0),
    (libc::SYS_fgetxattr, 0),
    (libc::SYS_flistxattr, 0),
];

/// The older forms of these calls, which newer architectures do not have.
#[cfg(target_arch = "x86_64")]
pub const USING_A_FILE_ONLY_HERE: [(i64, u8); 2] = [(libc::SYS_dup2, 0), (libc::SYS_getdents, 0)];
/// The older forms of these calls: none.
#[cfg(target_arch = "aarch64")]
pub const USING_A_FILE_ONLY_HERE: [(i64, u8); 0] = [];

/// Answered with `ENOSYS`, so that a C library uses the older call: their arguments are in memory,
/// which a filter cannot read.
pub const UNKNOWN: [i64; 2] = [libc::SYS_clone3, libc::SYS_openat2];

/// Numbers of calls that were added after Linux 6.12 or will be, the same on all architectures.
pub const NEWER: Range<i64> = 463..512;

/// Calls that have numbers of their own under x32.
#[cfg(target_arch = "x86_64")]
pub const X32_ALONE: Range<i64> = 512..548;
