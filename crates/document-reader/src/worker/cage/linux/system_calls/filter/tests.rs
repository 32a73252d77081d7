//! The compiled filters, interpreted here as the kernel does: their result for each call.

use proptest::prelude::*;

use super::*;

/// `SECCOMP_RET_ALLOW` of seccomp(2).
const ALLOWED: u32 = 0x7fff_0000;
/// `SECCOMP_RET_ERRNO` with `EPERM`.
const REFUSED: u32 = 0x0005_0001;
/// `AUDIT_ARCH_X86_64` and `AUDIT_ARCH_AARCH64` of `linux/audit.h`.
const ARCHITECTURE: u32 = if cfg!(target_arch = "x86_64") { 0xc000_003e } else { 0xc000_00b7 };

/// The kernel's `struct seccomp_data` in words of 32 bits, the lower half of an argument first.
fn words(call: i64, arguments: [u64; 6]) -> Vec<u32> {
    let halves = arguments.iter().flat_map(|argument| [*argument as u32, (*argument >> 32) as u32]);
    [call as u32, ARCHITECTURE, 0, 0].into_iter().chain(halves).collect()
}

/// A program's result: classic BPF (bpf(4)), as far as these filters use it.
fn answer(program: &BpfProgram, call: i64, arguments: [u64; 6]) -> u32 {
    let words = words(call, arguments);
    let (mut next, mut accumulator) = (0, 0_u32);
    loop {
        let instruction = &program[next];
        let value = instruction.k;
        next += 1;
        let holds = match instruction.code {
            0x20 => {
                accumulator = words[value as usize / 4];
                continue;
            }
            0x54 => {
                accumulator &= value;
                continue;
            }
            0x05 => {
                next += value as usize;
                continue;
            }
            0x06 => return value,
            0x15 => accumulator == value,
            0x25 => accumulator > value,
            0x35 => accumulator >= value,
            other => panic!("{other:#x} is no instruction of these filters"),
        };
        next += usize::from(if holds { instruction.jt } else { instruction.jf });
    }
}

fn base() -> BpfProgram {
    compile(forbidden_calls().unwrap(), libc::EPERM).unwrap()
}

fn without_opening() -> BpfProgram {
    compile(opening_calls(), libc::EPERM).unwrap()
}

/// Whether the filters together refuse the call when argument `place` is `number`: the strictest
/// result counts.
fn is_refused(programs: &[BpfProgram], call: i64, place: u8, number: u64) -> bool {
    let mut arguments = [0; 6];
    arguments[usize::from(place)] = number;
    programs.iter().any(|program| answer(program, call, arguments) == REFUSED)
}

fn guards(inherited: &[i32]) -> Vec<BpfProgram> {
    Run::of(inherited)
        .chunks(RUNS_PER_FILTER)
        .map(|runs| compile(uses_of(runs).unwrap(), libc::EPERM).unwrap())
        .collect()
}

fn uses() -> impl Iterator<Item = (i64, u8)> {
    forbidden::USING_A_FILE.into_iter().chain(forbidden::USING_A_FILE_ONLY_HERE)
}

#[test]
fn every_filter_fits_into_the_kernel() {
    let scattered: Vec<i32> = (3..200).step_by(2).collect();
    let unknown = compile(unknown_calls(), libc::ENOSYS).unwrap();
    let mut programs = vec![base(), without_opening(), unknown];
    programs.extend(guards(&scattered));
    for program in programs {
        assert!(program.len() < 4096, "{} instructions", program.len());
    }
}

#[test]
fn what_is_forbidden_is_refused_whatever_the_arguments() {
    let program = base();
    for call in forbidden::ALWAYS.iter().flat_map(|group| group.iter()) {
        assert_eq!(answer(&program, *call, [0; 6]), REFUSED, "{call}");
        assert_eq!(answer(&program, *call, [u64::MAX; 6]), REFUSED, "{call}");
    }
    for program in [program, without_opening()] {
        for call in [libc::SYS_read, libc::SYS_write, libc::SYS_mmap, libc::SYS_futex, libc::SYS_close] {
            assert_eq!(answer(&program, call, [0; 6]), ALLOWED, "{call}");
        }
    }
}

#[test]
fn files_are_opened_to_read_or_not_at_all() {
    let read_only = [libc::AT_FDCWD as u64, 0, libc::O_CLOEXEC as u64, 0, 0, 0];
    assert_eq!(answer(&base(), libc::SYS_openat, read_only), ALLOWED);
    assert_eq!(answer(&without_opening(), libc::SYS_openat, read_only), REFUSED);
    for flag in forbidden::WRITING {
        let writing = [libc::AT_FDCWD as u64, 0, flag, 0, 0, 0];
        assert_eq!(answer(&base(), libc::SYS_openat, writing), REFUSED, "{flag:#o}");
    }
}

/// `F_SETOWN`, `F_SETSIG`, `F_SETOWN_EX`, `FIOSETOWN`, `SIOCSPGRP` and `FIOASYNC`, whatever the file.
#[test]
fn no_file_sends_a_signal_to_another_process() {
    let program = base();
    let fcntl = [libc::F_SETOWN, 10, 15].map(|command| (libc::SYS_fcntl, command as u64));
    let ioctl = [0x8901, 0x8902, 0x5452].map(|request| (libc::SYS_ioctl, request));
    for (call, command) in fcntl.into_iter().chain(ioctl) {
        for file in [0, 1, 5] {
            assert_eq!(answer(&program, call, [file, command, 1, 0, 0, 0]), REFUSED, "{call} {command:#x}");
            // The kernel uses the lower half only.
            let disguised = command | 1 << 40;
            assert_eq!(answer(&program, call, [file, disguised, 1, 0, 0, 0]), REFUSED, "{command:#x}");
        }
    }
    for command in [libc::F_GETFL, libc::F_SETFL, libc::F_GETFD, libc::F_SETFD, libc::F_DUPFD_CLOEXEC] {
        assert_eq!(answer(&program, libc::SYS_fcntl, [5, command as u64, 0, 0, 0, 0]), ALLOWED);
    }
}

#[cfg(target_arch = "x86_64")]
#[test]
fn the_older_calls_use_no_inherited_file_either() {
    let guards = guards(&[7]);
    for call in [libc::SYS_dup2, libc::SYS_getdents] {
        assert!(is_refused(&guards, call, 0, 7), "{call}");
        assert!(!is_refused(&guards, call, 0, 8), "{call}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn inherited_files_alone_are_refused(
        inherited in prop::collection::btree_set(3_i32..100, 0..60),
        number in 0_i32..110,
    ) {
        let guards = guards(&inherited.iter().copied().collect::<Vec<_>>());
        for (call, place) in uses() {
            let refused = is_refused(&guards, call, place, number as u64);
            prop_assert_eq!(refused, inherited.contains(&number), "{} {}", call, number);
        }
        // `AT_FDCWD`: the path starts from the current folder.
        prop_assert!(!is_refused(&guards, libc::SYS_openat, 0, libc::AT_FDCWD as u64));
    }
}
