//! Encrypted files (ISO 32000-1, 7.6) with the right password, a wrong one and none, and false
//! `/Encrypt` dictionaries.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::encryption::crypt_filters::{Aes128CryptFilter, Aes256CryptFilter, CryptFilter};
use lopdf::{Document, EncryptionState, EncryptionVersion, Object, Permissions, StringFormat};

use super::case::{Case, Outcome, case};
use super::makers::sketch::{FREE, Sketch};

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, cipher) in CIPHERS {
        let of = |what: &str| format!("{name}_with_{what}");
        let file = move || encrypted(cipher, "open sesame", true);
        let refused = Outcome::Refused("document_encrypted");
        cases.push(case(of("no_password"), refused, file));
        cases.push(case(of("a_wrong_password"), refused, file).opened_with("open barley"));
        cases.push(case(of("a_long_password"), refused, file).opened_with(LONG));
        cases.push(
            case(of("its_password"), Outcome::Read, file)
                .opened_with("open sesame")
                .showing(&["Invoice", "2041"])
                .looked_at(|document| assert!(document.metadata.encrypted)),
        );
        cases.push(
            case(of("an_empty_password"), Outcome::Read, move || encrypted(cipher, "", true))
                .showing(&["Invoice", "2041"])
                .looked_at(|document| assert!(document.metadata.encrypted)),
        );
        cases.push(
            case(of("no_identifier"), Outcome::Answered, move || encrypted(cipher, "", false))
                .showing(&["Invoice", "2041"]),
        );
    }
    cases.extend(LIES.iter().map(|(name, truth, lie)| {
        assert_eq!(truth.len(), lie.len(), "places would move");
        case(*name, Outcome::Answered, || lying(truth, lie))
    }));
    cases.push(case("encryption_by_rubbish", Outcome::Refused("document_encrypted"), || {
        let rubbish = "41".repeat(32);
        let entries = format!("/Filter /Standard /V 1 /R 2 /P -4 /O <{rubbish}> /U <{rubbish}>");
        Sketch::one_page().with_trailer(&format!("/Encrypt << {entries} >>")).file()
    }));
    cases.push(case("encryption_by_itself", Outcome::Answered, || {
        Sketch::one_page().with(FREE, "6 0 R").with_trailer("/Encrypt 6 0 R").file()
    }));
    cases
}

const LONG: &str = "open sesame open sesame open sesame open sesame open sesame open sesame open sesame open sesame \
                    open sesame open sesame open sesame open sesame open sesame open sesame open sesame";

const CIPHERS: [(&str, Cipher); 4] = [
    ("rc4_40", Cipher::Rc4Of40),
    ("rc4_128", Cipher::Rc4Of128),
    ("aes_128", Cipher::Aes128),
    ("aes_256", Cipher::Aes256),
];

/// An entry of the file's `/Encrypt`, and its replacement.
const LIES: [(&str, &str, &str); 8] = [
    ("encryption_with_a_key_of_no_bits", "/Length 128", "/Length   0"),
    ("encryption_with_a_key_below_zero", "/Length 128", "/Length -28"),
    ("encryption_with_a_key_of_999_bits", "/Length 128", "/Length 999"),
    ("encryption_with_a_key_of_seven_bits", "/Length 128", "/Length   7"),
    ("encryption_of_a_version_that_is_none", "/V 2", "/V 9"),
    ("encryption_of_a_revision_that_is_none", "/R 3", "/R 9"),
    ("encryption_by_another_handler", "/Standard", "/Nonesuch"),
    ("encryption_without_a_key", "/U", "/Y"),
];

#[derive(Clone, Copy)]
enum Cipher {
    Rc4Of40,
    Rc4Of128,
    Aes128,
    Aes256,
}

fn encrypted(cipher: Cipher, password: &str, has_identifier: bool) -> Vec<u8> {
    let mut document = Document::load_mem(&Sketch::one_page().file()).unwrap();
    // An empty identifier contributes to the key like a missing one.
    let identifier = Object::String(vec![7; if has_identifier { 16 } else { 0 }], StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![identifier.clone(), identifier]);
    let state = EncryptionState::try_from(version(cipher, &document, password)).unwrap();
    document.encrypt(&state).unwrap();
    if !has_identifier {
        document.trailer.remove(b"ID");
    }
    let mut file = Vec::new();
    document.save_to(&mut file).unwrap();
    file
}

fn version<'a>(cipher: Cipher, document: &'a Document, user_password: &'a str) -> EncryptionVersion<'a> {
    let (owner_password, permissions) = ("of its owner", Permissions::all());
    let filters = |filter: Arc<dyn CryptFilter>| BTreeMap::from([(b"StdCF".to_vec(), filter)]);
    let (stream_filter, string_filter) = (b"StdCF".to_vec(), b"StdCF".to_vec());
    match cipher {
        Cipher::Rc4Of40 => EncryptionVersion::V1 { document, owner_password, user_password, permissions },
        Cipher::Rc4Of128 => {
            EncryptionVersion::V2 { document, owner_password, user_password, key_length: 128, permissions }
        }
        Cipher::Aes128 => EncryptionVersion::V4 {
            document,
            encrypt_metadata: true,
            crypt_filters: filters(Arc::new(Aes128CryptFilter)),
            stream_filter,
            string_filter,
            owner_password,
            user_password,
            permissions,
        },
        Cipher::Aes256 => EncryptionVersion::V5 {
            encrypt_metadata: true,
            crypt_filters: filters(Arc::new(Aes256CryptFilter)),
            file_encryption_key: &[7; 32],
            stream_filter,
            string_filter,
            owner_password,
            user_password,
            permissions,
        },
    }
}

/// A file with RC4, 128 bits and no password, in which `truth` is replaced by `lie`.
fn lying(truth: &str, lie: &str) -> Vec<u8> {
    let mut file = encrypted(Cipher::Rc4Of128, "", true);
    let filter = file.windows(8).position(|window| window == b"/Filter/").unwrap();
    let begin = file[..filter].iter().rposition(|byte| *byte == b'j').unwrap();
    let found = file[begin..].windows(truth.len()).position(|window| window == truth.as_bytes()).unwrap();
    file[begin + found..][..lie.len()].copy_from_slice(lie.as_bytes());
    file
}
