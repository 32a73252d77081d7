use std::fs::{self, Permissions};
use std::io::Read as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use super::*;

fn own() -> Trust {
    Trust::of_program(&std::env::current_exe().unwrap())
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// A folder that only its owner can enter, and a file in it.
fn file_in_folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "text").unwrap();
    set_mode(&file, 0o644);
    (folder, file)
}

#[test]
fn an_own_file_is_read() {
    let (_folder, file) = file_in_folder();
    let mut text = String::new();
    own().open(&file).unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(text, "text");
}

#[test]
fn a_file_that_everybody_can_write_is_refused_with_the_command_that_mends_it() {
    let (_folder, file) = file_in_folder();
    set_mode(&file, 0o646);
    let error = own().open(&file).unwrap_err();
    assert!(matches!(error, TrustError::Writable { writers: Writers::Everybody, .. }), "{error:?}");
    assert!(error.to_string().ends_with(&format!("chmod go-w {}", file.display())), "{error}");
}

#[test]
fn a_file_in_a_folder_that_everybody_can_write_is_refused_unless_it_is_sticky() {
    let (folder, file) = file_in_folder();
    set_mode(folder.path(), 0o777);
    let error = own().open(&file).unwrap_err();
    assert!(matches!(&error, TrustError::Writable { place, .. } if place == folder.path()), "{error:?}");
    set_mode(folder.path(), 0o1777);
    own().open(&file).unwrap();
    set_mode(folder.path(), 0o700);
}

#[test]
fn a_file_of_another_user_is_refused() {
    let (_folder, file) = file_in_folder();
    let nobody = Trust { users: Vec::new() };
    assert!(matches!(nobody.open(&file), Err(TrustError::ForeignOwner { .. })));
    let only_root = Trust { users: vec![0] };
    let refused = only_root.open(&file);
    let is_root = rustix::process::geteuid().is_root();
    assert_eq!(refused.is_ok(), is_root, "{refused:?}");
}

/// The link itself, its folder and its target are all checked.
#[test]
fn a_link_is_followed_and_every_place_on_the_way_counts() {
    let (folder, file) = file_in_folder();
    let open = folder.path().join("open");
    fs::create_dir(&open).unwrap();
    set_mode(&open, 0o755);
    symlink(&file, open.join("link")).unwrap();
    let back = Path::new("..").join(folder.path().file_name().unwrap());
    symlink(back.join("open/link"), folder.path().join("longer")).unwrap();
    for link in [open.join("link"), folder.path().join("longer"), folder.path().join("open/../longer")] {
        own().open(&link).unwrap();
    }
    set_mode(&open, 0o777);
    for link in [open.join("link"), folder.path().join("longer")] {
        let error = own().open(&link).unwrap_err();
        assert!(matches!(&error, TrustError::Writable { place, .. } if *place == open), "{error:?}");
    }
    set_mode(&open, 0o755);
    set_mode(&file, 0o602);
    let error = own().open(&open.join("link")).unwrap_err();
    assert!(matches!(&error, TrustError::Writable { place, .. } if *place == file), "{error:?}");
}

#[test]
fn what_is_no_file_is_refused_without_waiting_for_it() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(own().open(folder.path()), Err(TrustError::NotAFile(_))));
    let absent = own().open(&folder.path().join("none")).unwrap_err();
    assert!(matches!(absent, TrustError::Unreadable { .. }), "{absent:?}");
    let ring = folder.path().join("ring");
    symlink(&ring, &ring).unwrap();
    assert!(matches!(own().open(&ring), Err(TrustError::Unreadable { .. })));
    let pipe = folder.path().join("pipe");
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RUSR).unwrap();
    assert!(matches!(own().open(&pipe), Err(TrustError::NotAFile(_))));
}

/// As in a container that runs as root in a folder of the user who built the program there.
#[test]
fn the_owner_of_the_program_is_trusted() {
    let (_folder, program) = file_in_folder();
    let trust = Trust::of_program(&program);
    assert!(trust.users.contains(&program.metadata().unwrap().uid()));
    assert_eq!(Trust::of_program(Path::new("/nowhere/at/all")).users.first(), Some(&0));
}
