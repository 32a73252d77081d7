//! Where pdfium looks for the fonts that a file names and does not bring. Knows no font.

/// The folders that libpdfium searches on Linux, subfolders included.
pub const FONT_FOLDERS: [&str; 4] =
    ["/usr/share/fonts", "/usr/share/X11/fonts/Type1", "/usr/share/X11/fonts/TTF", "/usr/local/share/fonts"];
