//! The lists of [`forbidden`](super::forbidden) as programs for the kernel.

use std::collections::BTreeMap;

use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch,
};

use super::{Opening, forbidden};

/// By the number of a call: the rules of which one must apply; none means always.
type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// So many inherited files are made useless; more would not fit into a filter.
const MOST_INHERITED: usize = 16;
/// What the numbers of x32 have in common. seccomp(2) warns of them.
#[cfg(target_arch = "x86_64")]
const X32: i64 = 0x4000_0000;

/// Closes the filter around this thread and those that it will start.
///
/// # Errors
/// Why it is not closed, for people.
pub fn close(opening: Opening, inherited: &[i32]) -> Result<(), String> {
    if inherited.len() > MOST_INHERITED {
        return Err(format!("more than {MOST_INHERITED} files were handed down"));
    }
    let forbidden = forbidden_calls(opening, inherited).map_err(|error| error.to_string())?;
    let unknown = forbidden::UNKNOWN.into_iter().chain(forbidden::NEWER).map(always).collect();
    install(unknown, libc::ENOSYS)?;
    install(forbidden, libc::EPERM)
}

fn install(rules: Rules, error: i32) -> Result<(), String> {
    let program = compile(rules, error).map_err(|error| error.to_string())?;
    seccompiler::apply_filter_all_threads(&program).map_err(|error| error.to_string())
}

fn compile(rules: Rules, error: i32) -> Result<BpfProgram, BackendError> {
    let architecture: TargetArch = std::env::consts::ARCH.try_into()?;
    let refusal = SeccompAction::Errno(error.unsigned_abs());
    SeccompFilter::new(with_x32(rules), SeccompAction::Allow, refusal, architecture)?.try_into()
}

fn forbidden_calls(opening: Opening, inherited: &[i32]) -> Result<Rules, BackendError> {
    let mut rules: Rules =
        forbidden::ALWAYS.iter().flat_map(|group| group.iter().copied()).map(always).collect();
    for (call, argument) in forbidden::OPENING {
        rules.insert(call, opening_rules(opening, argument)?);
    }
    let own = u64::from(std::process::id());
    for call in forbidden::SIGNALS {
        rules.insert(call, vec![rule(0, SeccompCmpOp::Ne, own)?]);
    }
    let thread = libc::CLONE_THREAD as u64;
    rules.insert(libc::SYS_clone, vec![rule(0, SeccompCmpOp::MaskedEq(thread), 0)?]);
    rules.insert(libc::SYS_prlimit64, vec![lowering_or_raising()?]);
    for (call, argument) in forbidden::USING_A_FILE {
        for number in inherited {
            let used = rule(argument, SeccompCmpOp::Eq, u64::from(number.unsigned_abs()))?;
            // Opening has its rules already: none means that it is forbidden whatever is opened.
            rules
                .entry(call)
                .and_modify(|others| {
                    if !others.is_empty() {
                        others.push(used.clone());
                    }
                })
                .or_insert_with(|| vec![used.clone()]);
        }
    }
    let typed = forbidden::TYPING.into_iter().map(|request| rule(1, SeccompCmpOp::Eq, request));
    rules.entry(libc::SYS_ioctl).or_default().extend(typed.collect::<Result<Vec<_>, _>>()?);
    Ok(rules)
}

const fn always(call: i64) -> (i64, Vec<SeccompRule>) {
    (call, Vec::new())
}

/// One comparison of an argument's lower half, which is all of an `int`.
fn rule(argument: u8, operator: SeccompCmpOp, value: u64) -> Result<SeccompRule, BackendError> {
    SeccompRule::new(vec![SeccompCondition::new(argument, SeccompCmpArgLen::Dword, operator, value)?])
}

/// `prlimit64` with new limits; without them it only tells.
fn lowering_or_raising() -> Result<SeccompRule, BackendError> {
    SeccompRule::new(vec![SeccompCondition::new(2, SeccompCmpArgLen::Qword, SeccompCmpOp::Ne, 0)?])
}

fn opening_rules(opening: Opening, flags: u8) -> Result<Vec<SeccompRule>, BackendError> {
    match opening {
        Opening::Never => Ok(Vec::new()),
        Opening::ToRead => {
            let refused = forbidden::WRITING.into_iter();
            refused.map(|flag| rule(flags, SeccompCmpOp::MaskedEq(flag), flag)).collect()
        }
    }
}

/// The same calls, whatever their arguments, and those that x32 has of its own.
#[cfg(target_arch = "x86_64")]
fn with_x32(mut rules: Rules) -> Rules {
    let calls: Vec<i64> = rules.keys().copied().chain(forbidden::X32_ALONE).collect();
    rules.extend(calls.into_iter().map(|call| always(X32 | call)));
    rules
}

#[cfg(not(target_arch = "x86_64"))]
const fn with_x32(rules: Rules) -> Rules {
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filter_fits_into_the_kernel() {
        let inherited: Vec<i32> = (3..).take(MOST_INHERITED).collect();
        for opening in [Opening::ToRead, Opening::Never] {
            let program = compile(forbidden_calls(opening, &inherited).unwrap(), libc::EPERM).unwrap();
            assert!(program.len() < 4096, "{opening:?}: {} instructions", program.len());
        }
        let unknown = forbidden::UNKNOWN.into_iter().chain(forbidden::NEWER).map(always).collect();
        assert!(compile(unknown, libc::ENOSYS).is_ok());
    }

    #[test]
    fn what_is_forbidden_always_is_not_softened() {
        let rules = forbidden_calls(Opening::Never, &[7]).unwrap();
        for call in [libc::SYS_openat, libc::SYS_socket, libc::SYS_execve, libc::SYS_sendfile] {
            assert_eq!(rules.get(&call), Some(&Vec::new()), "{call}");
        }
        assert_eq!(rules.get(&libc::SYS_read).map(Vec::len), Some(1));
    }
}
