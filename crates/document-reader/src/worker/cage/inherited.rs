//! The files that a worker finds open when it starts: beyond the three pipes it should be none.
//!
//! What Rust opens is closed in children. A C library in the reader's process, or the shell that started
//! it, may leave something open nonetheless. It cannot be closed without unsafe code, since somebody
//! might own it; hence it is made useless.

use std::path::Path;

/// Where a system that has it lists the open files of a process.
const FOLDER: &str = if cfg!(target_os = "linux") { "/proc/self/fd" } else { "/dev/fd" };
/// Standard input, output and error.
const OWN: i32 = 2;

/// The numbers of files that were inherited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inherited {
    numbers: Result<Vec<i32>, String>,
}

impl Inherited {
    /// Looks at what is open now. To be called before the worker opens anything itself.
    pub fn look() -> Self {
        Self { numbers: numbers().map_err(|error| format!("{FOLDER} cannot be read: {error}")) }
    }

    /// The numbers, none when they are not known.
    #[cfg(target_os = "linux")]
    pub fn numbers(&self) -> &[i32] {
        self.numbers.as_deref().unwrap_or_default()
    }

    /// Whether each of them has a path, by which Landlock knows it. A pipe has none, and may be opened again
    /// by its number in `/proc` whatever Landlock forbids.
    #[cfg(target_os = "linux")]
    pub fn have_paths(&self) -> bool {
        self.numbers().iter().all(|number| {
            let target = std::fs::read_link(Path::new(FOLDER).join(number.to_string()));
            target.is_ok_and(|target| target.is_absolute() && target.symlink_metadata().is_ok())
        })
    }

    /// Whether it is known that there are none.
    ///
    /// # Errors
    /// Why not, for people.
    pub fn are_none(&self) -> Result<(), String> {
        match &self.numbers {
            Ok(numbers) if numbers.is_empty() => Ok(()),
            Ok(numbers) => Err(format!("{} files were handed down", numbers.len())),
            Err(reason) => Err(reason.clone()),
        }
    }
}

fn numbers() -> std::io::Result<Vec<i32>> {
    let mut numbers = Vec::new();
    for entry in std::fs::read_dir(FOLDER)? {
        numbers.extend(entry?.file_name().to_str().and_then(|name| name.parse::<i32>().ok()));
    }
    // The listing itself was open while it was read.
    numbers.retain(|number| {
        *number > OWN && Path::new(FOLDER).join(number.to_string()).symlink_metadata().is_ok()
    });
    Ok(numbers)
}
