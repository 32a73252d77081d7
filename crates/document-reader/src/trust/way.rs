//! Walks a path as the system resolves it: every folder and every link from the root on.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs::Metadata;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Maximum number of links, the same as on Linux.
const MAX_LINKS: u32 = 40;

/// One step of a path.
enum Step {
    Root,
    Up,
    Into(OsString),
}

/// Calls `visit` for the root folder, for each folder and link on the path, and for the file
/// itself.
///
/// # Errors
/// Those of `visit`, and the system's error when the path does not exist or contains too many
/// links.
pub fn follow(path: &Path, visit: &mut impl FnMut(&Path, &Metadata) -> io::Result<()>) -> io::Result<()> {
    let mut ahead: VecDeque<Step> = steps(&std::path::absolute(path)?).collect();
    let mut here = PathBuf::from("/");
    let mut links = 0;
    visit(&here, &here.symlink_metadata()?)?;
    while let Some(step) = ahead.pop_front() {
        match step {
            Step::Root => here = PathBuf::from("/"),
            // The path so far contains no link, so its parent is the folder above it.
            Step::Up => _ = here.pop(),
            Step::Into(name) => {
                let place = here.join(name);
                let metadata = place.symlink_metadata()?;
                visit(&place, &metadata)?;
                if metadata.is_symlink() {
                    links += 1;
                    if links > MAX_LINKS {
                        return Err(io::Error::other("too many links"));
                    }
                    let target: Vec<Step> = steps(&place.read_link()?).collect();
                    target.into_iter().rev().for_each(|step| ahead.push_front(step));
                } else {
                    here = place;
                }
            }
        }
    }
    Ok(())
}

fn steps(path: &Path) -> impl Iterator<Item = Step> + '_ {
    path.components().filter_map(|component| match component {
        Component::Prefix(_) | Component::CurDir => None,
        Component::RootDir => Some(Step::Root),
        Component::ParentDir => Some(Step::Up),
        Component::Normal(name) => Some(Step::Into(name.to_owned())),
    })
}
