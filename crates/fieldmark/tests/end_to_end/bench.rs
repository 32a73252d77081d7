//! A folder of its own for each test, files to put there, and the program to run in it.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use fieldmark_testkit::{pdf_sketch, pdfium};
use lopdf::{EncryptionState, EncryptionVersion, Object, Permissions, StringFormat};
use serde_json::Value;
use tempfile::TempDir;

/// Long enough for a slow machine; what takes longer is stuck.
const PATIENCE: Duration = Duration::from_secs(120);

/// Waits for what comes by itself.
#[track_caller]
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < PATIENCE, "{what}: not after {PATIENCE:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The user's folder for settings, in the test's folder.
const OWN_SETTINGS: &str = "settings of the user";

/// A folder that is removed at the end of the test.
pub struct Bench {
    folder: TempDir,
}

impl Bench {
    /// An empty folder.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A path in the folder.
    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, with the folders that it needs.
    pub fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.at(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        // Whatever the umask is: what others can write is refused as settings.
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        self
    }

    /// The program, to be run in the folder with nothing in its environment that could be a setting
    /// but where libpdfium is.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fieldmark"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("FIELDMARK_") {
                command.env_remove(name);
            }
        }
        command
            .env(pdfium::SETTING, pdfium::library().unwrap())
            .env("XDG_CONFIG_HOME", self.at(OWN_SETTINGS))
            .current_dir(self.folder.path())
            .args(arguments);
        command
    }

    /// Writes the user's own settings file, which the program reads without being told.
    pub fn with_settings(self, content: &str) -> Self {
        self.with(&format!("{OWN_SETTINGS}/fieldmark/fieldmark.toml"), content)
    }

    /// Writes the `.env` beside the user's own settings file.
    pub fn with_dot_env(self, content: &str) -> Self {
        self.with(&format!("{OWN_SETTINGS}/fieldmark/.env"), content)
    }

    /// What the program prints, and how it ends.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        Ended::of(&self.command(arguments).output().unwrap())
    }
}

/// How the program ended.
#[derive(Debug)]
pub struct Ended {
    pub status: Option<i32>,
    pub printed: String,
    pub said: String,
}

impl Ended {
    pub fn of(output: &Output) -> Self {
        Self {
            status: output.status.code(),
            printed: String::from_utf8(output.stdout.clone()).unwrap(),
            said: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    /// What was printed, if the status is this one.
    #[track_caller]
    pub fn printed(self, status: i32) -> String {
        assert_eq!(self.status, Some(status), "{self:?}");
        self.printed
    }

    /// What was said on standard error, if nothing was begun.
    #[track_caller]
    pub fn refusal(self) -> String {
        assert_eq!((self.status, self.printed.as_str()), (Some(2), ""), "{self:?}");
        self.said
    }
}

/// The objects of JSON Lines.
pub fn rows(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// An English invoice of one page.
pub fn invoice() -> Vec<u8> {
    invoice_of_pages(1)
}

/// The same page so many times.
pub fn invoice_of_pages(count: usize) -> Vec<u8> {
    pages("INV-20417", count)
}

/// An invoice whose number is 20000 and this number.
pub fn invoice_numbered(number: usize) -> Vec<u8> {
    pages(&format!("INV-{}", 20_000 + number), 1)
}

fn pages(number: &str, count: usize) -> Vec<u8> {
    let page: pdf_sketch::SketchedPage<'_> = &[
        ("Northwind Joinery Ltd", 50.0, 60.0),
        ("Invoice number:", 330.0, 100.0),
        (number, 440.0, 100.0),
        ("Invoice date:", 330.0, 116.0),
        ("14/03/2024", 440.0, 116.0),
        ("Net", 330.0, 380.0),
        ("GBP 1,000.00", 440.0, 380.0),
        ("VAT 20%", 330.0, 396.0),
        ("GBP 200.00", 440.0, 396.0),
        ("Total", 330.0, 412.0),
        ("GBP 1,200.00", 440.0, 412.0),
    ];
    pdf_sketch::pdf(&vec![page; count])
}

/// The invoice, to be opened with this password.
pub fn encrypted_invoice(password: &str) -> Vec<u8> {
    let mut document = lopdf::Document::load_mem(&invoice()).unwrap();
    let identifier = Object::String(vec![3; 16], StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![identifier.clone(), identifier]);
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "another",
        user_password: password,
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let mut file = Vec::new();
    document.save_to(&mut file).unwrap();
    file
}
