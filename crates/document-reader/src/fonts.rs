//! The folders where pdfium looks for fonts that a file names but does not embed. Does not read
//! fonts.

/// The folders that libpdfium searches on Linux, subfolders included.
pub const FONT_FOLDERS: [&str; 4] =
    ["/usr/share/fonts", "/usr/share/X11/fonts/Type1", "/usr/share/X11/fonts/TTF", "/usr/local/share/fonts"];
