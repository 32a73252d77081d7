//! Running other programs in the workspace's folder.

use std::env;
use std::ffi::OsStr;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::workspace;

/// The cargo that runs this program, in the workspace's folder.
pub fn cargo<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Result<Command> {
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    command(program, arguments)
}

/// A program with arguments, in the workspace's folder, without standard input.
pub fn command<A: AsRef<OsStr>>(
    program: impl AsRef<OsStr>,
    arguments: impl IntoIterator<Item = A>,
) -> Result<Command> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(workspace::root()?).stdin(Stdio::null());
    Ok(command)
}

/// The command as one would type it.
pub fn written(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    std::iter::once(program)
        .chain(command.get_args())
        .map(|part| part.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs it with its output shown.
///
/// # Errors
/// When it does not start or does not succeed.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("`{}` does not start", written(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", written(command));
    }
    Ok(())
}

/// Runs it and gives what it wrote to standard output.
///
/// # Errors
/// When it does not start or does not succeed; what it complained about is part of the error.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("`{}` does not start", written(command)))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!("`{}` failed ({}): {}", written(command), output.status, complaint.trim());
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{}` wrote no UTF-8", written(command)))
}

/// Whether it starts and succeeds; nothing is shown.
pub fn works(mut command: Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Whether a program starts and succeeds with these arguments; nothing is shown.
pub fn answers(program: &str, arguments: &[&str]) -> bool {
    command(program, arguments).is_ok_and(works)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_what_was_run_and_what_it_complained_about() {
        let mut failing = command("sh", ["-c", "echo broken >&2; exit 3"]).unwrap();
        let error = format!("{:#}", output(&mut failing).unwrap_err());
        assert!(error.contains("sh -c") && error.contains("broken") && error.contains('3'), "{error}");
    }

    #[test]
    fn a_program_that_is_not_there_does_not_work() {
        assert!(!works(command("no-such-program-here", ["--version"]).unwrap()));
        assert!(works(command("true", [""; 0]).unwrap()));
    }
}
