//! Portraits of generated documents, which contain the position of every value.

use fieldmark_domain::detection::SpanClass;
use fieldmark_domain::field::Field;
use fieldmark_domain::page::Word;
use fieldmark_synth::SyntheticInvoice;
use fieldmark_synth::page::SyntheticPage;

use super::portrait::{PagePortrait, Portrait, Sight};

/// The portrait of a generated document.
pub fn portrait(invoice: &SyntheticInvoice) -> Portrait {
    let mut portrait = Portrait {
        known: Field::ALL.iter().map(|field| field.name().to_owned()).collect(),
        ..Portrait::default()
    };
    portrait.groups.extend([
        ("kind", invoice.kind.name().to_owned()),
        ("language", invoice.locale.language().to_owned()),
        ("locale", invoice.locale.to_string()),
        ("family", invoice.family.name().to_owned()),
    ]);
    for page in &invoice.pages {
        let words: Vec<Word> = page.words.iter().map(|word| word.to_word(page.size)).collect();
        portrait.pages.extend(PagePortrait::of(&words, page.size));
        for (field, sight) in sights(page, &words) {
            portrait.fields.entry(field).or_insert(sight);
        }
    }
    portrait
}

/// The values of fields on a page.
fn sights(page: &SyntheticPage, words: &[Word]) -> Vec<(String, Sight)> {
    let mut spans: Vec<(&'static str, Vec<&Word>)> = Vec::new();
    for (word, read) in page.words.iter().zip(words) {
        let Some(SpanClass::Value(field)) = word.class else { continue };
        match spans.last_mut() {
            Some((name, span)) if *name == field.name() && !word.starts_span => span.push(read),
            _ => spans.push((field.name(), vec![read])),
        }
    }
    spans.iter().filter_map(|(field, span)| Some(((*field).to_owned(), Sight::of(span)?))).collect()
}

#[cfg(test)]
mod tests {
    use fieldmark_synth::Generator;

    use super::*;

    #[test]
    fn every_printed_field_is_found_at_its_place() {
        for index in 0..40 {
            let invoice = Generator::new(5).invoice(index);
            let portrait = portrait(&invoice);
            assert!(!portrait.pages.is_empty());
            for (field, sight) in &portrait.fields {
                assert!(!sight.text.is_empty(), "{field}");
                assert!((0.0..=1.0).contains(&sight.centre.1), "{field} at {:?}", sight.centre);
            }
            if let Some(number) = invoice.truth.get(&Field::InvoiceNumber) {
                let seen = &portrait.fields["invoice_number"].text;
                let bare = |text: &str| text.replace([' ', '#'], "");
                assert!(bare(seen).contains(&bare(number)), "{seen} {number}");
            }
        }
    }
}
