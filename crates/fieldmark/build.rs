//! Tells the program what it was built from, for `fieldmark --version`.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    for path in moved_by_a_commit() {
        println!("cargo::rerun-if-changed={path}");
    }
    let commit = git(&["rev-parse", "--short=9", "HEAD"]).unwrap_or_else(|| "unknown commit".to_owned());
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let devices = if std::env::var_os("CARGO_FEATURE_CUDA").is_some() { "cpu cuda" } else { "cpu" };
    println!("cargo::rustc-env=FIELDMARK_BUILT_COMMIT={commit}");
    println!("cargo::rustc-env=FIELDMARK_BUILT_TARGET={}", variable("TARGET"));
    println!("cargo::rustc-env=FIELDMARK_BUILT_PROFILE={}", profile());
    println!("cargo::rustc-env=FIELDMARK_BUILT_DEVICES={devices}");
}

/// The name of the profile's folder: `debug`, `release`, `dist`. Cargo's `PROFILE` names only the first two.
fn profile() -> String {
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    let folder = Path::new(&out).ancestors().nth(3).and_then(Path::file_name);
    folder.map_or_else(|| "unknown".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// What changes when `HEAD` comes to name another commit: itself, or the branch that it names.
fn moved_by_a_commit() -> Vec<String> {
    let path = |name: &str| git(&["rev-parse", "--git-path", name]);
    // A branch that has no file of its own stands in `packed-refs`, and gets its file with the next commit.
    let branch = git(&["symbolic-ref", "--quiet", "HEAD"]).and_then(|branch| path(&branch));
    let branches = path("refs/heads");
    let branch = branch.map(|branch| if Path::new(&branch).exists() { Some(branch) } else { branches });
    [path("HEAD"), branch.flatten(), path("packed-refs")]
        .into_iter()
        .flatten()
        // Cargo takes a path that is not there as changed, always.
        .filter(|path| Path::new(path).exists())
        .collect()
}

/// The first line that git answers; `None` outside a repository and without git.
fn git(arguments: &[&str]) -> Option<String> {
    let output =
        Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8(output.stdout).ok()?.lines().next()?.trim().to_owned())
}
