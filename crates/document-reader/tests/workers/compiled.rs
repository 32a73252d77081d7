//! Small C programs and libraries, compiled when a test needs them.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Compiles a source in this folder with these further arguments.
pub fn compile(folder: &Path, name: &str, source: &str, arguments: &[&str]) -> PathBuf {
    let (place, source_file) = (folder.join(name), folder.join(format!("{name}.c")));
    std::fs::write(&source_file, source).unwrap();
    let output = Command::new("cc").args(arguments).arg("-o").arg(&place).arg(&source_file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    place
}

/// Compiler arguments for a library.
pub const AS_LIBRARY: [&str; 2] = ["-shared", "-fPIC"];
