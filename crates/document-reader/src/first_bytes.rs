//! Checks on a file that need no parser: its size and its first bytes.

use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::ports::ReadError;

/// ISO 32000-1, 7.5.2 requires the header at the very beginning; many programs write it later,
/// within the first 1024 bytes.
const HEADER: &[u8] = b"%PDF-";
const HEADER_SEARCH_BYTES: usize = 1024;

/// Refuses empty and oversized files before a worker sees them.
pub fn check(bytes: &[u8], max_file_bytes: u64) -> Result<(), ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let size = bytes.len() as u64;
    if size > max_file_bytes {
        return Err(ReadError::TooLarge {
            reason: format!("it has {size} bytes, but at most {max_file_bytes} are allowed"),
        });
    }
    media_type(bytes).map(|_| ())
}

/// The media type, by the first bytes.
pub fn media_type(bytes: &[u8]) -> Result<MediaType, ReadError> {
    if bytes.is_empty() {
        Err(ReadError::Empty)
    } else if has_pdf_header(bytes) {
        Ok(MediaType::Pdf)
    } else if may_be_xml(bytes) {
        Ok(MediaType::Xml)
    } else {
        Err(ReadError::UnsupportedMediaType { found: String::new() })
    }
}

/// Whether a PDF header is within the first 1024 bytes.
pub fn has_pdf_header(bytes: &[u8]) -> bool {
    let reach = bytes.get(..HEADER_SEARCH_BYTES).unwrap_or(bytes);
    reach.windows(HEADER.len()).any(|window| window == HEADER)
}

/// Whether the first character, after a byte order mark and white space, starts markup. Works for
/// UTF-8, UTF-16 and encodings that contain ASCII.
pub fn may_be_xml(bytes: &[u8]) -> bool {
    let reach = bytes.get(..HEADER_SEARCH_BYTES).unwrap_or(bytes);
    let marks: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];
    let unmarked = marks.iter().find_map(|mark| reach.strip_prefix(*mark)).unwrap_or(reach);
    unmarked.iter().find(|byte| **byte != 0 && !byte.is_ascii_whitespace()) == Some(&b'<')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_recognised_by_their_first_bytes() {
        let mut late = vec![b' '; 1000];
        late.extend(b"%PDF-1.4");
        let mut too_late = vec![b' '; 1024];
        too_late.extend(b"%PDF-1.4");
        let foreign = || ReadError::UnsupportedMediaType { found: String::new() };
        assert_eq!(check(b"%PDF-1.7\n", 100), Ok(()));
        assert_eq!(check(&late, 2000), Ok(()));
        assert_eq!(check(&too_late, 2000), Err(foreign()));
        assert_eq!(check(b"PK\x03\x04", 100), Err(foreign()));
        assert_eq!(check(b"", 100), Err(ReadError::Empty));
        for xml in ["<a/>".as_bytes(), b"\xef\xbb\xbf\n <?xml?>", b"\xff\xfe<\0a\0", b"\0<\0a"] {
            assert_eq!(check(xml, 100), Ok(()), "{xml:?}");
            assert_eq!(media_type(xml), Ok(MediaType::Xml), "{xml:?}");
        }
        assert_eq!(media_type(&late), Ok(MediaType::Pdf));
        assert_eq!(media_type(b""), Err(ReadError::Empty));
        assert!(matches!(check(b"%PDF-1.7\n", 8), Err(ReadError::TooLarge { .. })));
    }
}
