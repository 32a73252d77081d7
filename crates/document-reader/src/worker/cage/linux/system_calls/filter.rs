//! Compiles the lists of [`forbidden`](super::forbidden) to seccomp programs.

use std::collections::BTreeMap;

use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch,
};

use super::forbidden;
use super::run::Run;

/// Maps a call's number to its rules, of which one must match; no rules match always.
type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// Number of runs of file numbers per filter. Comparing all file-using calls with each run must fit
/// into the 4096 instructions that the kernel accepts.
const RUNS_PER_FILTER: usize = 8;
/// The bit that marks the numbers of x32 calls. seccomp(2) warns of them.
#[cfg(target_arch = "x86_64")]
const X32: i64 = 0x4000_0000;

/// Installs the filter for this thread and the threads that it will start. Files can still be
/// opened for reading; Landlock decides which ones.
///
/// # Errors
/// Why the filter is not installed, as text for people.
pub fn close() -> Result<(), String> {
    let forbidden = forbidden_calls().map_err(|error| error.to_string())?;
    install(unknown_calls(), libc::ENOSYS)?;
    install(forbidden, libc::EPERM)
}

/// Adds a filter that refuses to open any file.
///
/// # Errors
/// Why files can still be opened, as text for people.
pub fn refuse_opening() -> Result<(), String> {
    install(opening_calls(), libc::EPERM)
}

/// Adds filters that refuse every use of these files, by number.
///
/// # Errors
/// Why some of them can still be used, as text for people.
pub fn guard(inherited: &[i32]) -> Result<(), String> {
    let runs = Run::of(inherited);
    for runs in runs.chunks(RUNS_PER_FILTER) {
        install(uses_of(runs).map_err(|error| error.to_string())?, libc::EPERM)?;
    }
    Ok(())
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

fn unknown_calls() -> Rules {
    forbidden::UNKNOWN.into_iter().chain(forbidden::NEWER).map(always).collect()
}

fn forbidden_calls() -> Result<Rules, BackendError> {
    let mut rules: Rules =
        forbidden::ALWAYS.iter().flat_map(|group| group.iter().copied()).map(always).collect();
    for (call, argument) in forbidden::OPENING {
        rules.insert(call, writing_rules(argument)?);
    }
    let own = u64::from(std::process::id());
    for call in forbidden::SIGNALS {
        rules.insert(call, vec![rule(0, SeccompCmpOp::Ne, own)?]);
    }
    let thread = libc::CLONE_THREAD as u64;
    rules.insert(libc::SYS_clone, vec![rule(0, SeccompCmpOp::MaskedEq(thread), 0)?]);
    rules.insert(libc::SYS_prlimit64, vec![lowering_or_raising()?]);
    rules.insert(libc::SYS_ioctl, any_of(1, &forbidden::REQUESTS)?);
    rules.insert(libc::SYS_fcntl, any_of(1, &forbidden::COMMANDS)?);
    Ok(rules)
}

fn opening_calls() -> Rules {
    forbidden::OPENING.into_iter().map(|(call, _)| always(call)).collect()
}

fn uses_of(runs: &[Run]) -> Result<Rules, BackendError> {
    let calls = forbidden::USING_A_FILE.into_iter().chain(forbidden::USING_A_FILE_ONLY_HERE);
    calls
        .map(|(call, argument)| {
            let rules = runs.iter().map(|run| within(argument, *run)).collect::<Result<_, _>>()?;
            Ok((call, rules))
        })
        .collect()
}

const fn always(call: i64) -> (i64, Vec<SeccompRule>) {
    (call, Vec::new())
}

/// One comparison with an argument's lower half, which holds a whole `int`.
fn rule(argument: u8, operator: SeccompCmpOp, value: u64) -> Result<SeccompRule, BackendError> {
    SeccompRule::new(vec![condition(argument, operator, value)?])
}

fn within(argument: u8, run: Run) -> Result<SeccompRule, BackendError> {
    SeccompRule::new(vec![
        condition(argument, SeccompCmpOp::Ge, u64::from(run.first))?,
        condition(argument, SeccompCmpOp::Le, u64::from(run.last))?,
    ])
}

fn condition(argument: u8, operator: SeccompCmpOp, value: u64) -> Result<SeccompCondition, BackendError> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, operator, value)
}

fn any_of(argument: u8, values: &[u64]) -> Result<Vec<SeccompRule>, BackendError> {
    values.iter().map(|value| rule(argument, SeccompCmpOp::Eq, *value)).collect()
}

/// `prlimit64` with new limits; without new limits it only reads them.
fn lowering_or_raising() -> Result<SeccompRule, BackendError> {
    SeccompRule::new(vec![SeccompCondition::new(2, SeccompCmpArgLen::Qword, SeccompCmpOp::Ne, 0)?])
}

/// Matches a file that is opened with any of these flags.
fn writing_rules(flags: u8) -> Result<Vec<SeccompRule>, BackendError> {
    let refused = forbidden::WRITING.into_iter();
    refused.map(|flag| rule(flags, SeccompCmpOp::MaskedEq(flag), flag)).collect()
}

/// The same calls with any arguments, and the calls that only x32 has.
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
mod tests;
