//! A colour for each kind of field, dark enough for white letters.

use fieldmark_domain::field::FieldKind;
use image::Rgb;

/// The colour of the letters.
pub const WHITE: Rgb<u8> = Rgb([255, 255, 255]);

/// The colour of a kind: amounts green, dates violet, parties blue, payment data red and brown, numbers petrol.
#[must_use]
pub const fn colour(kind: FieldKind) -> Rgb<u8> {
    match kind {
        FieldKind::Money => Rgb([22, 128, 60]),
        FieldKind::Currency => Rgb([77, 124, 15]),
        FieldKind::Date => Rgb([126, 34, 206]),
        FieldKind::Name | FieldKind::Address | FieldKind::Email => Rgb([29, 78, 216]),
        FieldKind::VatId | FieldKind::OrgNumber => Rgb([67, 56, 150]),
        FieldKind::Identifier | FieldKind::Text => Rgb([14, 116, 144]),
        FieldKind::Iban | FieldKind::Bic | FieldKind::Account => Rgb([180, 83, 9]),
        FieldKind::Bankgiro | FieldKind::Plusgiro => Rgb([146, 64, 14]),
        FieldKind::PaymentReference | FieldKind::FikLine => Rgb([190, 18, 60]),
    }
}
