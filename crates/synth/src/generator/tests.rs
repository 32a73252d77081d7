//! The generator's promises, tested on some thousand invoices.

use std::collections::BTreeMap;

use fieldmark_domain::field::FieldKind;

use super::*;
use crate::page::SyntheticWord;

const SAMPLE: u64 = 3_000;

fn bare(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect::<String>().to_uppercase()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The texts of the spans of each field.
fn spans(page: &SyntheticPage) -> Vec<(Field, String)> {
    let mut spans: Vec<(Field, String)> = Vec::new();
    for word in &page.words {
        let Some(SpanClass::Value(field)) = word.class else { continue };
        match spans.last_mut() {
            Some((last, text)) if !word.starts_span && *last == field => {
                text.push(' ');
                text.push_str(&word.text);
            }
            _ => spans.push((field, word.text.clone())),
        }
    }
    spans
}

/// Whether a printed span may represent the truth: names may be cut, broken or in capitals, dates
/// may be words.
fn agrees(field: Field, printed: &str, truth: &str) -> bool {
    match field.kind() {
        FieldKind::Money => {
            let whole = digits(truth.trim_end_matches(".00"));
            digits(printed).starts_with(&whole) || digits(printed) == digits(truth)
        }
        FieldKind::Date => {
            let year = &truth[2..4];
            let day = truth[8..].trim_start_matches('0');
            printed.contains(year) && printed.contains(day)
        }
        FieldKind::Currency => printed.trim_end_matches(')') == truth,
        // A caption may be glued to the value.
        _ if printed.contains(':') && printed.len() < 60 => {
            let value = printed.rsplit(':').next().unwrap_or_default();
            bare(truth).contains(&bare(value)) || bare(value).contains(&bare(truth))
        }
        _ => bare(truth).contains(&bare(printed)) || bare(printed).contains(&bare(truth)),
    }
}

#[test]
fn an_invoice_follows_from_seed_and_index() {
    let generator = Generator::new(7);
    assert_eq!(generator.invoice(41), Generator::new(7).invoice(41));
    assert_ne!(generator.invoice(41), generator.invoice(42));
    assert_ne!(generator.invoice(41).pages, Generator::new(8).invoice(41).pages);
}

#[test]
fn a_wanted_locale_is_given() {
    for locale in Locale::all() {
        assert_eq!(Generator::new(1).invoice_in(locale, 5).locale, locale);
    }
}

#[test]
fn a_wanted_family_is_given() {
    let generator = Generator::new(1);
    for family in LayoutFamily::ALL {
        let invoice = generator.invoice_of(*family, 3);
        assert_eq!(invoice.family, *family);
        assert!(invoice.pages.iter().map(|page| page.words.len()).sum::<usize>() > 20, "{family}");
    }
}

#[test]
fn families_held_out_print_what_an_invoice_needs() {
    let generator = Generator::new(9);
    for family in LayoutFamily::HELD_OUT {
        assert!(family.is_held_out());
        let mut named = 0;
        for index in 0..30 {
            let truth = generator.invoice_of(*family, index).truth;
            let parties = [Field::SupplierName, Field::CustomerName];
            named += usize::from(parties.iter().all(|field| truth.contains_key(field)));
        }
        assert!(named > 20, "{family}: {named} of 30 name both parties");
    }
    assert!(!LayoutFamily::Free.is_held_out());
}

#[test]
fn labels_say_what_the_truth_says() {
    let generator = Generator::new(2);
    let (mut checked, mut wrong) = (0, Vec::new());
    for index in 0..SAMPLE / 2 {
        let invoice = generator.invoice(index);
        for (field, printed) in invoice.pages.iter().flat_map(spans) {
            let Some(truth) = invoice.truth.get(&field) else {
                panic!("{index}: {field} is printed and has no truth")
            };
            checked += 1;
            if !agrees(field, &printed, truth) {
                wrong.push(format!("{index} {} {field}: {printed:?} for {truth:?}", invoice.family));
            }
        }
    }
    assert!(checked > 20_000, "{checked} spans");
    // Columns narrower than a date break it, as on real pages.
    assert!(
        wrong.len() * 1000 < checked,
        "{} of {checked}: {:#?}",
        wrong.len(),
        &wrong[..wrong.len().min(30)]
    );
}

#[test]
fn everything_occurs_among_the_first_invoices() {
    let generator = Generator::new(1);
    let mut classes: BTreeMap<String, usize> = BTreeMap::new();
    let mut families: BTreeSet<LayoutFamily> = BTreeSet::new();
    let mut locales = BTreeSet::new();
    let mut truths = BTreeSet::new();
    for index in 0..SAMPLE {
        let invoice = generator.invoice(index);
        families.insert(invoice.family);
        locales.insert(invoice.locale);
        truths.extend(invoice.truth.keys().copied());
        for word in invoice.pages.iter().flat_map(|page| &page.words) {
            if let Some(class) = word.class {
                *classes.entry(class.name()).or_default() += 1;
            }
        }
    }
    let learnt = fieldmark_detection_candle::classes::class_names();
    let missing: Vec<_> =
        learnt.iter().skip(1).filter(|name| classes.get(*name).is_none_or(|count| *count < 5)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(families.len(), LayoutFamily::ALL.len());
    let spoken = Locale::all().filter(|locale| Lexicon::of(locale.language()).is_ok()).count();
    assert_eq!(locales.len(), spoken);
    let untold: Vec<_> =
        Field::ALL.iter().filter(|field| !truths.contains(field) && **field != Field::Kid).collect();
    assert!(untold.is_empty(), "{untold:?}");
}

fn is_inside(word: &SyntheticWord, page: &SyntheticPage) -> bool {
    word.left >= 0.0
        && word.top() >= 0.0
        && word.right <= page.size.width_pt
        && word.bottom() <= page.size.height_pt
}

#[test]
fn pages_are_neither_empty_nor_overfull() {
    let generator = Generator::new(3);
    let (mut words, mut inside, mut overlapping) = (0, 0, 0);
    for index in 0..600 {
        let invoice = generator.invoice(index);
        assert!(!invoice.pages.is_empty());
        for page in &invoice.pages {
            words += page.words.len();
            inside += page.words.iter().filter(|word| is_inside(word, page)).count();
            overlapping += overlaps(page);
            assert!(
                page.words
                    .iter()
                    .all(|word| !word.text.is_empty() && !word.text.contains(char::is_whitespace))
            );
        }
    }
    assert!(inside * 1000 > words * 995, "{inside} of {words} inside");
    assert!(overlapping * 100 < words * 6, "{overlapping} of {words} overlap");
}

fn overlaps(page: &SyntheticPage) -> usize {
    let mut words: Vec<&SyntheticWord> = page.words.iter().collect();
    words.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.left.total_cmp(&b.left)));
    words
        .windows(2)
        .filter(|pair| {
            (pair[0].baseline - pair[1].baseline).abs() < 2.0 && pair[1].left < pair[0].right - 1.0
        })
        .count()
}

#[test]
fn amounts_of_the_truth_add_up() {
    let generator = Generator::new(4);
    let mut compared = 0;
    for index in 0..800 {
        let truth = generator.invoice(index).truth;
        let amount = |field: Field| truth.get(&field).map(|text| text.parse::<f64>().unwrap());
        let (Some(net), Some(tax), Some(gross)) =
            (amount(Field::TotalNet), amount(Field::TotalTax), amount(Field::TotalGross))
        else {
            continue;
        };
        compared += 1;
        assert!((net + tax - gross).abs() <= 0.5001, "{index}: {net} + {tax} is not {gross}");
    }
    assert!(compared > 300);
}

#[test]
fn credit_notes_name_the_invoice_that_they_take_back() {
    let generator = Generator::new(6);
    let mut named = 0;
    for index in 0..600 {
        let invoice = generator.invoice(index);
        if invoice.kind != DocumentKind::CreditNote {
            continue;
        }
        let captions = Lexicon::of(invoice.locale.language()).unwrap().captions("original_invoice");
        let text: Vec<&str> = invoice.pages[0].words.iter().map(|word| word.text.as_str()).collect();
        let text = text.join(" ").to_lowercase();
        named += usize::from(captions.iter().any(|caption| text.contains(&caption.to_lowercase())));
    }
    assert!(named > 10, "{named}");
}

#[test]
fn a_reminders_charges_are_due_and_no_part_of_the_total() {
    let generator = Generator::new(6);
    let mut charged = 0;
    for index in 0..40 {
        let invoice = generator.invoice_of(LayoutFamily::Reminder, index);
        let amount = |field: Field| invoice.truth.get(&field).map(|text| text.parse::<f64>().unwrap());
        let paid = amount(Field::AmountPaid).unwrap_or_default();
        let words = invoice.pages.iter().flat_map(|page| &page.words);
        let fees = words.filter(|word| word.class == Some(SpanClass::OtherAmount)).count();
        if let (Some(gross), Some(due)) = (amount(Field::TotalGross), amount(Field::AmountDue))
            && due > gross - paid + 0.001
        {
            assert!(fees > 0, "{index}");
            charged += 1;
        }
    }
    assert!(charged > 10, "{charged}");
}

#[test]
fn bills_of_calls_go_on_over_pages_and_carry_their_sums() {
    let generator = Generator::new(8);
    let (mut pages, mut carried) = (0, 0);
    for index in 0..30 {
        let invoice = generator.invoice_of(LayoutFamily::Telecom, index);
        pages += invoice.pages.len();
        let words = invoice.pages.iter().skip(1).flat_map(|page| &page.words);
        carried += words.filter(|word| word.class == Some(SpanClass::OtherAmount)).count();
    }
    assert!(pages > 60, "{pages}");
    assert!(carried > 60, "{carried}");
}

#[test]
fn a_tills_receipt_names_the_sum_and_what_was_given() {
    let generator = Generator::new(8);
    let mut parentheses = 0;
    for index in 0..80 {
        let invoice = generator.invoice_of(LayoutFamily::Receipt, index);
        assert_eq!(invoice.kind, DocumentKind::Receipt);
        assert!(invoice.truth.contains_key(&Field::TotalGross), "{index}");
        let number = SpanClass::Value(Field::SupplierOrgNumber);
        let mut words = invoice.pages[0].words.iter();
        parentheses += usize::from(words.any(|word| word.class == Some(number) && word.text.ends_with(')')));
    }
    assert!(parentheses > 10, "{parentheses}");
}
