//! The files that are open when a worker starts: there should be none except its three pipes.
//!
//! Files that Rust opens are closed in child processes. A C library in the reader's process, or the
//! shell that started it, may still leave some open. They cannot be closed without unsafe code,
//! because other code might own them; they are made unusable instead.

use std::path::Path;

/// The folder in which the system lists a process's open files.
const FOLDER: &str = if cfg!(target_os = "linux") { "/proc/self/fd" } else { "/dev/fd" };
/// The highest number of standard input, output and error.
const LAST_STANDARD_STREAM: i32 = 2;

/// The numbers of the inherited files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inherited {
    numbers: Result<Vec<i32>, String>,
}

impl Inherited {
    /// Lists the files that are open now. Call it before the worker opens any file itself.
    pub fn look() -> Self {
        Self { numbers: numbers().map_err(|error| format!("{FOLDER} cannot be read: {error}")) }
    }

    /// The numbers; empty when they are unknown.
    #[cfg(target_os = "linux")]
    pub fn numbers(&self) -> &[i32] {
        self.numbers.as_deref().unwrap_or_default()
    }

    /// Whether each inherited file has a path, by which Landlock identifies it. A pipe has none,
    /// and can be opened again through `/proc` regardless of Landlock.
    #[cfg(target_os = "linux")]
    pub fn have_paths(&self) -> bool {
        self.numbers().iter().all(|number| {
            let target = std::fs::read_link(Path::new(FOLDER).join(number.to_string()));
            target.is_ok_and(|target| target.is_absolute() && target.symlink_metadata().is_ok())
        })
    }

    /// Checks that nothing was inherited.
    ///
    /// # Errors
    /// The inherited files, or why they are unknown, as text for people.
    pub fn are_none(&self) -> Result<(), String> {
        match &self.numbers {
            Ok(numbers) if numbers.is_empty() => Ok(()),
            Ok(numbers) => Err(format!("{} files were inherited", numbers.len())),
            Err(reason) => Err(reason.clone()),
        }
    }
}

fn numbers() -> std::io::Result<Vec<i32>> {
    let mut numbers = Vec::new();
    for entry in std::fs::read_dir(FOLDER)? {
        numbers.extend(entry?.file_name().to_str().and_then(|name| name.parse::<i32>().ok()));
    }
    // The listing contains its own file, which is closed by now.
    numbers.retain(|number| {
        *number > LAST_STANDARD_STREAM
            && Path::new(FOLDER).join(number.to_string()).symlink_metadata().is_ok()
    });
    Ok(numbers)
}
