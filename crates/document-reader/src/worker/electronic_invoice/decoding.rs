//! Decodes an XML file to text: by its byte order mark, or else by its declaration.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Maximum number of bytes that are searched for the declaration.
const DECLARATION_SEARCH_BYTES: usize = 256;

/// Decodes a file (XML 1.0, appendix F); UTF-8 when neither a mark nor a declaration exists.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let encoding = encoding_of(bytes)?;
    let (text, encoding, has_errors) = encoding.decode(bytes);
    if has_errors { Err(format!("XML whose bytes are not {}", encoding.name())) } else { Ok(text) }
}

fn encoding_of(bytes: &[u8]) -> Result<&'static Encoding, String> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding);
    }
    match bytes {
        [0, b'<', ..] => Ok(UTF_16BE),
        [b'<', 0, ..] => Ok(UTF_16LE),
        _ => match declared(bytes) {
            Some(label) => match Encoding::for_label(label) {
                // A declaration that is readable as single bytes cannot be in UTF-16.
                Some(wide) if wide == UTF_16LE || wide == UTF_16BE => Ok(UTF_8),
                Some(encoding) => Ok(encoding),
                None => Err(format!("XML in an unknown encoding ({})", String::from_utf8_lossy(label))),
            },
            None => Ok(UTF_8),
        },
    }
}

/// The label in `<?xml … encoding="label"?>`.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.get(..DECLARATION_SEARCH_BYTES).unwrap_or(bytes);
    let head = head.strip_prefix(b"<?xml")?;
    let declaration = head.get(..head.windows(2).position(|window| window == b"?>")?)?;
    let key = b"encoding";
    let start = declaration.windows(key.len()).position(|window| window == key)? + key.len();
    let rest = declaration.get(start..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, rest) = rest.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
    rest.get(..rest.iter().position(|byte| byte == quote)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn files_are_decoded_by_their_mark_or_their_declaration() {
        let text = "<?xml version=\"1.0\"?><a>Å</a>";
        let marked = "\u{feff}<a>Å</a>";
        assert_eq!(decode(text.as_bytes()).unwrap(), text);
        assert_eq!(decode(marked.as_bytes()).unwrap(), "<a>Å</a>");
        assert_eq!(decode(&utf_16(marked, u16::to_le_bytes)).unwrap(), "<a>Å</a>");
        assert_eq!(decode(&utf_16(marked, u16::to_be_bytes)).unwrap(), "<a>Å</a>");
        assert_eq!(decode(&utf_16(text, u16::to_le_bytes)).unwrap(), text);
        assert_eq!(decode(&utf_16(text, u16::to_be_bytes)).unwrap(), text);
        let mislabelled = text.replace("?>", " encoding=\"utf-16\"?>");
        assert_eq!(decode(mislabelled.as_bytes()).unwrap(), mislabelled);
        let latin: &[u8] = b"<?xml version='1.0' encoding = 'ISO-8859-1'?><a>\xc5</a>";
        assert!(decode(latin).unwrap().ends_with("<a>Å</a>"));
    }

    #[test]
    fn what_cannot_be_decoded_is_said() {
        assert!(decode(b"<a>\xc5</a>").unwrap_err().contains("UTF-8"));
        assert!(decode(b"<?xml encoding=\"klingon\"?><a/>").unwrap_err().contains("klingon"));
    }
}
