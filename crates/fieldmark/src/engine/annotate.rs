//! Pictures of pages as files: what they are called, and what is drawn into them for `--annotate`.
//!
//! How a page is drawn is the painter's business.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use fieldmark_domain::label::Label;
use fieldmark_domain::page::Page;
use fieldmark_domain::ports::PagePainter as _;
use fieldmark_page_pictures::PngPainter;

/// Rows of a page's picture.
pub const RASTER_HEIGHT: u32 = 1600;

/// Draws each page with the boxes of its labels into a file.
///
/// # Errors
/// When a page cannot be drawn or its file not written.
pub fn save(pages: &[Page], labels: &[Label], pictures: &PictureName) -> anyhow::Result<()> {
    for page in pages {
        let picture = PngPainter.paint(page, labels).with_context(|| format!("page {}", page.number))?;
        let path = pictures.of_page(page.number);
        fs::write(&path, picture).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Names of pictures: the file's stem and the page, made different where two files share a stem.
#[derive(Debug)]
pub struct PictureNames {
    folder: PathBuf,
    taken: HashSet<String>,
}

impl PictureNames {
    /// Names within this folder, which is made if it is not there.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn within(folder: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
        Ok(Self { folder: folder.to_owned(), taken: HashSet::new() })
    }

    /// A name for this file's pictures that no other file got.
    pub fn claim(&mut self, file: &Path) -> PictureName {
        let stem =
            file.file_stem().map_or_else(|| "document".to_owned(), |stem| stem.to_string_lossy().into());
        let numbered = (2..).map(|number| format!("{stem}~{number}"));
        let free = std::iter::once(stem.clone()).chain(numbered).find(|name| !self.taken.contains(name));
        let name = free.unwrap_or(stem);
        self.taken.insert(name.clone());
        PictureName { folder: self.folder.clone(), name }
    }
}

/// The name of one file's pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureName {
    folder: PathBuf,
    name: String,
}

impl PictureName {
    /// The picture of a page, counted from 1.
    pub fn of_page(&self, page: u32) -> PathBuf {
        self.folder.join(format!("{}-{page}.png", self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_one_name_get_pictures_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let mut names = PictureNames::within(folder.path()).unwrap();
        let first = names.claim(Path::new("a/invoice.pdf"));
        let second = names.claim(Path::new("b/invoice.pdf"));
        assert_eq!(first.of_page(1), folder.path().join("invoice-1.png"));
        assert_eq!(second.of_page(2), folder.path().join("invoice~2-2.png"));
    }
}
