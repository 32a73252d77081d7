//! A folder: its content and permissions, the effects of damage and leftover files, and what a
//! writer leaves that stops midway.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fieldmark_domain::blob::Sha256;
use fieldmark_domain::ports::{BlobPart, BlobStore};
use fieldmark_storage_objects::{ObjectStorage, OpenError, StorageOptions};
use fieldmark_testkit::blob_store;
use tempfile::TempDir;

use crate::all;
use crate::clock::SetClock;

fn open(folder: &Path) -> ObjectStorage {
    try_open(folder, SetClock::of_files()).unwrap()
}

fn try_open(folder: &Path, clock: Arc<SetClock>) -> Result<ObjectStorage, OpenError> {
    ObjectStorage::open(&StorageOptions::new(format!("file://{}", folder.display())), clock)
}

fn place(folder: &Path, sha256: &Sha256) -> PathBuf {
    let hex = sha256.to_string();
    folder.join(&hex[..2]).join(&hex[2..4]).join(hex)
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

#[tokio::test]
async fn it_keeps_the_promises_of_the_port() {
    let folder = TempDir::new().unwrap();
    blob_store::keeps_its_promises(&open(folder.path())).await.unwrap();
}

#[tokio::test]
async fn one_file_for_each_digest_and_nothing_else() {
    let folder = TempDir::new().unwrap();
    let storage = open(folder.path());
    let sha256 = storage.put(Arc::from(&b"abc"[..])).await.unwrap();
    storage.put(Arc::from(&b"abc"[..])).await.unwrap();
    assert_eq!(files(folder.path()), [place(folder.path(), &sha256)]);
}

#[tokio::test]
async fn what_is_there_is_not_written_again() {
    let folder = TempDir::new().unwrap();
    let storage = open(folder.path());
    let sha256 = storage.put(Arc::from(&b"abc"[..])).await.unwrap();
    let written = fs::metadata(place(folder.path(), &sha256)).unwrap().modified().unwrap();
    storage.put(Arc::from(&b"abc"[..])).await.unwrap();
    assert_eq!(fs::metadata(place(folder.path(), &sha256)).unwrap().modified().unwrap(), written);
}

#[tokio::test]
async fn only_the_owner_has_access() {
    let outside = TempDir::new().unwrap();
    let folder = outside.path().join("documents");
    let storage = open(&folder);
    let sha256 = storage.put(Arc::from(&b"abc"[..])).await.unwrap();
    let file = place(&folder, &sha256);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    for inner in file.ancestors().skip(1).take_while(|inner| inner.starts_with(&folder)) {
        assert_eq!(fs::metadata(inner).unwrap().permissions().mode() & 0o777, 0o700, "{}", inner.display());
    }
}

#[tokio::test]
async fn it_is_there_again_after_it_is_opened_again() {
    let folder = TempDir::new().unwrap();
    let sha256 = open(folder.path()).put(Arc::from(&b"abc"[..])).await.unwrap();
    let found = open(folder.path()).get(&sha256).await.unwrap();
    assert_eq!(found.as_deref(), Some(&b"abc"[..]));
}

#[tokio::test]
async fn a_changed_file_is_found_out() {
    let folder = TempDir::new().unwrap();
    let storage = open(folder.path());
    let sha256 = storage.put(Arc::from(&b"abc"[..])).await.unwrap();
    let file = place(folder.path(), &sha256);
    fs::write(&file, b"abd").unwrap();
    let error = storage.get(&sha256).await.unwrap_err();
    assert_eq!(error.code(), "stored_file_damaged");
    assert!(error.to_string().contains(&file.display().to_string()), "{error}");
}

/// A file of several pieces.
fn large() -> Arc<[u8]> {
    (0..300_000_u32).map(|index| index.to_le_bytes()[1]).collect()
}

#[tokio::test]
async fn a_changed_file_does_not_come_to_its_end_in_pieces() {
    let folder = TempDir::new().unwrap();
    let storage = open(folder.path());
    let bytes = large();
    let sha256 = storage.put(Arc::clone(&bytes)).await.unwrap();
    let file = place(folder.path(), &sha256);
    let mut changed = bytes.to_vec();
    changed[12] ^= 1;
    fs::write(&file, &changed).unwrap();
    let opened = storage.open(&sha256, BlobPart::Whole).await.unwrap().unwrap();
    let (came, end) = all(opened).await;
    assert!(came.len() < bytes.len() && !came.is_empty(), "{}", came.len());
    let error = end.unwrap_err();
    assert_eq!(error.code(), "stored_file_damaged");
    assert!(error.to_string().contains(&file.display().to_string()), "{error}");
    // The digest of a part is unknown.
    let part = BlobPart::Range { offset: 10, length: 100_000 };
    let (came, end) = all(storage.open(&sha256, part).await.unwrap().unwrap()).await;
    assert_eq!((came.as_slice(), end), (&changed[10..100_010], Ok(())));
}

#[tokio::test]
async fn a_file_that_is_cut_while_it_is_read_is_found_out() {
    let folder = TempDir::new().unwrap();
    let storage = open(folder.path());
    let sha256 = storage.put(large()).await.unwrap();
    for part in [BlobPart::Whole, BlobPart::Range { offset: 0, length: 300_000 }] {
        fs::write(place(folder.path(), &sha256), large()).unwrap();
        let mut opened = storage.open(&sha256, part).await.unwrap().unwrap();
        opened.pieces.next().await.unwrap().unwrap();
        fs::write(place(folder.path(), &sha256), b"cut").unwrap();
        assert_eq!(opened.pieces.next().await.unwrap_err().code(), "stored_file_damaged");
        assert_eq!(opened.pieces.next().await, Ok(None), "nothing comes after an error");
    }
}

#[tokio::test]
async fn a_file_that_is_removed_while_it_is_read_comes_to_its_end() {
    let folder = TempDir::new().unwrap();
    let storage = open(folder.path());
    let sha256 = storage.put(large()).await.unwrap();
    let opened = storage.open(&sha256, BlobPart::Whole).await.unwrap().unwrap();
    storage.delete(&sha256).await.unwrap();
    let (came, end) = all(opened).await;
    assert_eq!((came.as_slice(), end), (&large()[..], Ok(())));
}

#[tokio::test]
async fn a_changed_file_is_healed_by_its_bytes() {
    let folder = TempDir::new().unwrap();
    let storage = open(folder.path());
    let damage = |sha256: &Sha256, bytes: &[u8]| fs::write(place(folder.path(), sha256), bytes).unwrap();
    blob_store::heals(&storage, damage).await.unwrap();
}

#[tokio::test]
async fn nothing_more_is_kept_on_a_disk_that_is_nearly_full() {
    let folder = TempDir::new().unwrap();
    let sha256 = open(folder.path()).put(Arc::from(&b"abc"[..])).await.unwrap();
    let options = StorageOptions {
        min_free_bytes: u64::MAX,
        ..StorageOptions::new(format!("file://{}", folder.path().display()))
    };
    let full = ObjectStorage::open(&options, SetClock::of_files()).unwrap();
    assert_eq!(full.check().await.unwrap_err().code(), "storage_full");
    assert_eq!(full.put(Arc::from(&b"more"[..])).await.unwrap_err().code(), "storage_full");
    assert_eq!(full.put(Arc::from(&b"abc"[..])).await, Ok(sha256), "it is there already");
    assert_eq!(full.get(&sha256).await.unwrap().as_deref(), Some(&b"abc"[..]));
    assert_eq!(full.delete(&sha256).await, Ok(()));
}

#[tokio::test]
async fn it_says_whether_it_holds_anything() {
    let folder = TempDir::new().unwrap();
    let storage = open(folder.path());
    assert_eq!(storage.holds_anything().await, Ok(false));
    let sha256 = storage.put(Arc::from(&b"abc"[..])).await.unwrap();
    assert_eq!(storage.holds_anything().await, Ok(true));
    storage.delete(&sha256).await.unwrap();
    assert_eq!(storage.holds_anything().await, Ok(false), "folders are no files");
}

#[tokio::test]
async fn old_leftovers_are_swept_and_young_ones_stay() {
    let folder = TempDir::new().unwrap();
    let storage = open(folder.path());
    let sha256 = storage.put(Arc::from(&b"abc"[..])).await.unwrap();
    let leftover = folder.path().join(".incoming/leftover");
    fs::write(&leftover, b"a part").unwrap();
    let clock = SetClock::of_files();
    clock.advance(59 * 60);
    try_open(folder.path(), Arc::clone(&clock)).unwrap();
    assert!(leftover.exists(), "somebody may be writing it");
    clock.advance(5 * 60);
    try_open(folder.path(), clock).unwrap();
    assert!(!leftover.exists());
    assert_eq!(files(folder.path()), [place(folder.path(), &sha256)]);
}

#[tokio::test]
async fn a_write_that_fails_leaves_nothing() {
    let folder = TempDir::new().unwrap();
    let storage = open(folder.path());
    // The place of the digest's folder is taken by a file.
    fs::write(folder.path().join("ba"), b"in the way").unwrap();
    let error = storage.put(Arc::from(&b"abc"[..])).await.unwrap_err();
    assert_eq!(error.code(), "storage_failed");
    assert!(error.to_string().contains(&folder.path().display().to_string()), "{error}");
    assert_eq!(files(folder.path()), [folder.path().join("ba")]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_abandoned_write_leaves_all_or_nothing() {
    let folder = TempDir::new().unwrap();
    let storage = Arc::new(open(folder.path()));
    let bytes: Arc<[u8]> = vec![7; 5 * 1024 * 1024].into();
    for polls in 0..20 {
        let (storage, bytes) = (Arc::clone(&storage), Arc::clone(&bytes));
        let put = tokio::spawn(async move { storage.put(bytes).await });
        for _ in 0..polls {
            tokio::task::yield_now().await;
        }
        put.abort();
        let _ = put.await;
    }
    let sha256 = storage.put(bytes.clone()).await.unwrap();
    assert_eq!(storage.get(&sha256).await.unwrap(), Some(bytes));
    let whole = place(folder.path(), &sha256);
    for file in files(folder.path()) {
        // An incomplete file has a temporary name.
        assert!(file == whole || file.starts_with(folder.path().join(".incoming")), "{}", file.display());
    }
}

#[tokio::test]
async fn a_folder_that_has_gone_is_not_an_empty_one() {
    let outside = TempDir::new().unwrap();
    let folder = outside.path().join("documents");
    let storage = open(&folder);
    let sha256 = storage.put(Arc::from(&b"abc"[..])).await.unwrap();
    fs::rename(&folder, outside.path().join("unmounted")).unwrap();
    let unavailable = Some("storage_unavailable");
    assert_eq!(storage.get(&sha256).await.err().map(|error| error.code()), unavailable);
    assert_eq!(storage.contains(&sha256).await.err().map(|error| error.code()), unavailable);
    assert_eq!(storage.delete(&sha256).await.err().map(|error| error.code()), unavailable);
    assert_eq!(storage.put(Arc::from(&b"abc"[..])).await.err().map(|error| error.code()), unavailable);
    assert!(!folder.exists(), "nothing is written where the disk should be");
    fs::rename(outside.path().join("unmounted"), &folder).unwrap();
    assert_eq!(storage.get(&sha256).await.unwrap().as_deref(), Some(&b"abc"[..]));
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let outside = TempDir::new().unwrap();
    let file = outside.path().join("file");
    fs::write(&file, b"").unwrap();
    let error = try_open(&file.join("documents"), SetClock::at(0)).err().unwrap();
    assert_eq!(error.code(), "storage_folder_unusable");
    assert!(error.to_string().contains("file/documents"), "{error}");
}

#[tokio::test]
async fn a_folder_is_usable_while_it_is_there_and_takes_files() {
    let outside = TempDir::new().unwrap();
    let folder = outside.path().join("documents");
    let storage = open(&folder);
    assert_eq!(storage.check().await, Ok(()));
    assert_eq!(files(&folder), Vec::<PathBuf>::new(), "nothing stays of it");
    fs::rename(&folder, outside.path().join("unmounted")).unwrap();
    assert_eq!(storage.check().await.err().map(|error| error.code()), Some("storage_unavailable"));
    fs::rename(outside.path().join("unmounted"), &folder).unwrap();
    assert_eq!(storage.check().await, Ok(()));
    // No user, not even root, can create a file inside a file.
    fs::remove_dir(folder.join(".incoming")).unwrap();
    fs::write(folder.join(".incoming"), b"").unwrap();
    let error = storage.check().await.unwrap_err();
    assert_eq!(error.code(), "storage_failed");
    assert!(error.to_string().contains(".incoming"), "{error}");
}
