//! Any text as an amount, as a page prints it and as an e-invoice states it: what is read prints as a number
//! that reads back as itself.
#![no_main]

use fieldmark_domain::field::FieldKind;
use fieldmark_domain::values::{DecimalMark, FieldValue, Notation, read_money};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    // The normal form has a point, whatever the text had.
    let of_normal_form = Notation { decimal: Some(DecimalMark::Point), ..Notation::default() };
    for reading in read_money(text) {
        let printed = reading.amount.to_string();
        assert_eq!(of_normal_form.money(&printed), Ok(reading.amount), "{printed}");
        let value = FieldValue::Money(reading.amount);
        assert_eq!(FieldValue::parse_stated(FieldKind::Money, &printed), Ok(value), "{printed}");
    }
    if let Ok(stated) = FieldValue::parse_stated(FieldKind::Money, text) {
        let printed = stated.to_string();
        assert_eq!(FieldValue::parse_stated(FieldKind::Money, &printed), Ok(stated), "{printed}");
    }
});
