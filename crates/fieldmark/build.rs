//! Tells the program what it was built from, for `fieldmark --version`.

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // A development build is not linked anew for every commit; what is released names its own.
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let moved_by = if is_release { "logs/HEAD" } else { "HEAD" };
    if let Some(path) = git(&["rev-parse", "--git-path", moved_by]) {
        println!("cargo::rerun-if-changed={path}");
    }
    let commit = git(&["rev-parse", "--short=9", "HEAD"]).unwrap_or_else(|| "unknown commit".to_owned());
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let devices = if std::env::var_os("CARGO_FEATURE_CUDA").is_some() { "cpu cuda" } else { "cpu" };
    println!("cargo::rustc-env=FIELDMARK_BUILT_COMMIT={commit}");
    println!("cargo::rustc-env=FIELDMARK_BUILT_TARGET={}", variable("TARGET"));
    println!("cargo::rustc-env=FIELDMARK_BUILT_PROFILE={}", variable("PROFILE"));
    println!("cargo::rustc-env=FIELDMARK_BUILT_DEVICES={devices}");
}

/// The first line that git answers; `None` outside a repository and without git.
fn git(arguments: &[&str]) -> Option<String> {
    let output =
        Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8(output.stdout).ok()?.lines().next()?.trim().to_owned())
}
