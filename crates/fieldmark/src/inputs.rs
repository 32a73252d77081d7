//! Which files are read: those that are named, and the PDFs and e-invoices of folders that are named.
//!
//! Looks at names and first bytes alone; what a file really is, its reader says.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use fieldmark_domain::document::Failure;
use fieldmark_domain::ports::ReadError;

/// A file to read, or a place where there was none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// A name that cannot be followed.
    Unreachable {
        /// The name.
        path: PathBuf,
        /// A stable code.
        code: &'static str,
        /// The reason for people.
        message: String,
    },
}

impl Input {
    /// The file or name.
    pub fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Unreachable { path, .. } => path,
        }
    }
}

/// The inputs of these names, in their order; folders give their PDFs, and with `with_xml` their e-invoices in XML,
/// subfolders included, sorted. What of a folder cannot be looked at (a link that leads nowhere, a subfolder that the
/// system does not open) is an input that cannot be reached: nobody should take a folder for read that was not.
pub fn collect(names: &[PathBuf], with_xml: bool) -> Vec<Input> {
    let mut inputs = Vec::new();
    for name in names {
        match fs::metadata(name) {
            Ok(metadata) if metadata.is_dir() => walk(name, with_xml, &mut inputs),
            Ok(metadata) if metadata.is_file() => inputs.push(Input::File(name.clone())),
            // A pipe without a writer or a device would be waited for without end.
            Ok(_) => inputs.push(Input::Unreachable {
                path: name.clone(),
                code: "file_unreadable",
                message: "it is neither a file nor a folder".to_owned(),
            }),
            Err(error) => inputs.push(unlooked(name, &error)),
        }
    }
    inputs
}

/// Whether a path is one of the inputs, by whatever name.
pub fn names(inputs: &[Input], path: &Path) -> bool {
    let same = |path: &Path| fs::canonicalize(path).ok();
    let Some(wanted) = same(path) else { return false };
    inputs.iter().any(|input| same(input.path()).as_ref() == Some(&wanted))
}

fn unreachable(path: &Path, error: &std::io::Error) -> Input {
    let (code, message) = describe(error);
    Input::Unreachable { path: path.to_owned(), code, message }
}

/// A name whose file the system does not show: a link says where it leads.
fn unlooked(path: &Path, error: &std::io::Error) -> Input {
    let (code, message) = describe(error);
    let message = match fs::read_link(path) {
        Ok(target) if code == "file_not_found" => {
            format!("the link leads to {}, which is not there", target.display())
        }
        Ok(target) => format!("the link leads to {}: {error}", target.display()),
        Err(_) => message,
    };
    Input::Unreachable { path: path.to_owned(), code, message }
}

/// A stable code and a sentence for a file that the system does not give.
pub fn describe(error: &std::io::Error) -> (&'static str, String) {
    match error.kind() {
        std::io::ErrorKind::NotFound => ("file_not_found", "there is no such file or folder".to_owned()),
        _ => ("file_unreadable", format!("the file cannot be opened: {error}")),
    }
}

/// A file's bytes; one that has more than so many is not loaded to find that out.
///
/// # Errors
/// A stable code and a sentence for people.
pub fn load(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let failure = |error: std::io::Error| {
        let (code, message) = describe(&error);
        Failure { code: code.to_owned(), message }
    };
    let mut bytes = Vec::new();
    let limited = File::open(path).map_err(failure)?.take(most.saturating_add(1));
    std::io::BufReader::new(limited).read_to_end(&mut bytes).map_err(failure)?;
    if bytes.len() as u64 > most {
        let error = ReadError::TooLarge { reason: format!("it has more than {most} bytes") };
        return Err(Failure { code: error.code().to_owned(), message: error.to_string() });
    }
    Ok(bytes)
}

/// Links to folders are not followed: a link may lead back to where it stands.
fn walk(folder: &Path, with_xml: bool, inputs: &mut Vec<Input>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return inputs.push(unreachable(folder, &error)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) => paths.push(entry.path()),
            // The rest of the folder stays unknown, which its name stands for.
            Err(error) => inputs.push(unreachable(folder, &error)),
        }
    }
    paths.sort();
    for path in paths {
        match fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() && path.is_symlink() => {}
            Ok(metadata) if metadata.is_dir() => walk(&path, with_xml, inputs),
            Ok(_) if is_pdf(&path) || (with_xml && is_electronic_invoice(&path)) => {
                inputs.push(Input::File(path));
            }
            Ok(_) => {}
            Err(error) => inputs.push(unlooked(&path, &error)),
        }
    }
}

/// Whether the name ends so or the file begins so.
fn is_pdf(path: &Path) -> bool {
    let by_name = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"));
    path.is_file() && (by_name || begins_like_a_pdf(path).unwrap_or(false))
}

fn begins_like_a_pdf(path: &Path) -> std::io::Result<bool> {
    let mut first = [0; 5];
    File::open(path)?.read_exact(&mut first)?;
    Ok(&first == b"%PDF-")
}

/// The root of an e-invoice stands within so many bytes of its file, whatever is said before it.
const ROOT_REACH: u64 = 16 * 1024;

/// Whether the name ends like that of an XML file and the namespace of an e-invoice stands at its beginning. XML
/// of other kinds lies in many folders and is nobody's mistake.
fn is_electronic_invoice(path: &Path) -> bool {
    const NAMESPACES: [&str; 4] = [
        ":CrossIndustryInvoice:100",
        ":CrossIndustryDocument:invoice:1p0",
        ":xsd:Invoice-2",
        ":xsd:CreditNote-2",
    ];
    let by_name = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xml"));
    let mut beginning = Vec::new();
    let read = |beginning: &mut Vec<u8>| File::open(path)?.take(ROOT_REACH).read_to_end(beginning);
    by_name && path.is_file() && read(&mut beginning).is_ok() && {
        // What UTF-16 puts between the letters is left out.
        beginning.retain(|byte| *byte != 0);
        let beginning = String::from_utf8_lossy(&beginning);
        NAMESPACES.iter().any(|namespace| beginning.contains(namespace))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_what_can_be_read_sorted_and_a_missing_name_stays_in_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("b/deep")).unwrap();
        fs::write(at("c.PDF"), "").unwrap();
        fs::write(at("b/deep/one"), "%PDF-1.7 and more").unwrap();
        fs::write(at("b/notes.txt"), "words").unwrap();
        fs::write(at("a.pdf"), "").unwrap();
        let invoice = "<Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'/>";
        fs::write(at("d.xml"), invoice).unwrap();
        fs::write(at("settings.xml"), "<settings/>").unwrap();
        let missing = at("missing.pdf");
        let names = [missing.clone(), folder.path().to_owned(), at("b/notes.txt")];
        let inputs = collect(&names, true);
        let files = [at("a.pdf"), at("b/deep/one"), at("c.PDF"), at("d.xml"), at("b/notes.txt")];
        assert_eq!(inputs[1..], files.map(Input::File));
        assert_eq!(collect(&names, false).len(), inputs.len() - 1);
        assert!(
            matches!(&inputs[0], Input::Unreachable { path, code: "file_not_found", .. } if *path == missing)
        );
    }

    #[test]
    #[cfg(unix)]
    fn a_link_that_leads_back_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
        fs::write(folder.path().join("a.pdf"), "").unwrap();
        assert_eq!(collect(&[folder.path().to_owned()], true).len(), 1);
    }

    #[test]
    #[cfg(unix)]
    fn links_that_lead_nowhere_are_told_in_their_place() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a.pdf"), "").unwrap();
        symlink("gone/away.pdf", at("b.pdf")).unwrap();
        symlink("itself", at("itself")).unwrap();
        symlink(at("a.pdf"), at("right.pdf")).unwrap();
        let told = |names: &[PathBuf]| -> Vec<(String, &'static str, String)> {
            let told = |input: &Input| match input {
                Input::File(path) => (path.display().to_string(), "", String::new()),
                Input::Unreachable { path, code, message } => {
                    (path.display().to_string(), *code, message.clone())
                }
            };
            collect(names, true).iter().map(told).collect()
        };
        let inputs = told(&[folder.path().to_owned()]);
        let codes: Vec<&str> = inputs.iter().map(|(_, code, _)| *code).collect();
        assert_eq!(codes, ["", "file_not_found", "file_unreadable", ""], "{inputs:?}");
        assert_eq!(inputs[1].2, "the link leads to gone/away.pdf, which is not there");
        assert!(inputs[2].2.starts_with("the link leads to itself: "), "{inputs:?}");
        assert_eq!(told(&[at("b.pdf")]), inputs[1..2]);
    }
}
