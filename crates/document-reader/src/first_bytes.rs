//! What can be told of a file without parsing it: whether there are bytes, how many, and which come first.

use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::ports::ReadError;

/// ISO 32000-1, 7.5.2 wants the header at the very beginning; programs write it within the first 1024 bytes.
const HEADER: &[u8] = b"%PDF-";
const HEADER_REACH: usize = 1024;

/// Refuses what no worker needs to see.
pub fn check(bytes: &[u8], max_file_bytes: u64) -> Result<(), ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let size = bytes.len() as u64;
    if size > max_file_bytes {
        return Err(ReadError::TooLarge {
            reason: format!("it has {size} bytes, and {max_file_bytes} are allowed"),
        });
    }
    media_type(bytes).map(|_| ())
}

/// What the first bytes say that a file is.
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

/// Whether a PDF begins within the first bytes.
pub fn has_pdf_header(bytes: &[u8]) -> bool {
    let reach = bytes.get(..HEADER_REACH).unwrap_or(bytes);
    reach.windows(HEADER.len()).any(|window| window == HEADER)
}

/// Whether the first sign is that of markup, after a byte order mark and white space, in UTF-8, in UTF-16 or in
/// an encoding that has ASCII in it.
pub fn may_be_xml(bytes: &[u8]) -> bool {
    let reach = bytes.get(..HEADER_REACH).unwrap_or(bytes);
    let marks: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];
    let unmarked = marks.iter().find_map(|mark| reach.strip_prefix(*mark)).unwrap_or(reach);
    unmarked.iter().find(|byte| **byte != 0 && !byte.is_ascii_whitespace()) == Some(&b'<')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_first_bytes() {
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
