//! The required content of every lexicon.

use fieldmark_domain::field::Field;

use super::{Lexicon, LexiconError, SENTENCE_SLOTS, parse};

/// Fields that only some languages have words for.
const NATIONAL: &[&str] = &["bankgiro", "plusgiro", "kid", "fik"];

/// Fields whose values need no caption.
const WITHOUT_CAPTION: &[Field] =
    &[Field::SupplierName, Field::CustomerName, Field::SupplierAddress, Field::CustomerAddress];

const VALUES_BESIDE_FIELDS: &[&str] = &[
    "service_period",
    "supplier",
    "customer",
    "other_party",
    "bank_name",
    "account_holder",
    "phone",
    "fax",
    "web",
    "prior_balance",
    "other",
    "other_date",
    "other_identifier",
    "reminder_fee",
    "late_interest",
    "balance",
    "early_payment",
    "net_part",
    "approval",
    "agent",
    "bill_to",
    "mandate",
    "creditor_id",
    "payer_account",
    "owner",
    "per_person",
    "section_sum",
    "exchange_rate",
    "amounts_in",
    "original_invoice",
    "original_date",
    "service_month",
    "agent_vat",
];

fn every_lexicon() -> impl Iterator<Item = &'static Lexicon> {
    Lexicon::languages().map(|code| Lexicon::of(code).expect("a lexicon that can be read"))
}

fn slots(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split('{').skip(1).map(|rest| rest.split_once('}').expect("a closed slot").0)
}

#[test]
fn every_file_is_the_lexicon_of_its_language() {
    for code in Lexicon::languages() {
        assert_eq!(Lexicon::of(code).map(|lexicon| lexicon.code.as_str()), Ok(code));
    }
}

#[test]
fn every_value_has_captions() {
    let printed = |field: &Field| !WITHOUT_CAPTION.contains(field);
    for lexicon in every_lexicon() {
        let fields = Field::ALL.iter().filter(|field| printed(field)).map(|field| field.name());
        for name in fields.filter(|name| !NATIONAL.contains(name)).chain(VALUES_BESIDE_FIELDS.iter().copied())
        {
            assert!(!lexicon.captions(name).is_empty(), "{}: no caption for {name}", lexicon.code);
        }
        for name in lexicon.captions.keys() {
            let known = name.parse::<Field>().is_ok() || VALUES_BESIDE_FIELDS.contains(&name.as_str());
            assert!(known, "{}: a caption for {name}", lexicon.code);
        }
    }
}

#[test]
fn what_names_a_field_is_no_other_caption() {
    let bare = |word: &str| word.trim_end_matches(':').to_lowercase();
    let fields = [
        "payment_terms",
        "service_period",
        "service_start",
        "service_end",
        "supplier_email",
        "amount_paid",
        "rounding",
        "shipping",
        "discount_total",
    ];
    for lexicon in every_lexicon() {
        for other in ["other", "other_date", "other_identifier"] {
            for word in lexicon.captions(other) {
                let taken = fields
                    .iter()
                    .find(|name| lexicon.captions(name).iter().any(|own| bare(own) == bare(word)));
                assert_eq!(taken, None, "{}: {word} of {other}", lexicon.code);
            }
        }
        for word in lexicon.captions("payment_terms") {
            let due = lexicon.captions("due_date").iter().any(|own| bare(own) == bare(word));
            assert!(!due, "{}: {word} names the day", lexicon.code);
        }
    }
}

#[test]
fn national_payment_numbers_have_captions_where_they_are_used() {
    for (code, names) in
        [("sv", ["bankgiro", "plusgiro"].as_slice()), ("nb", &["kid"]), ("da", &["fik"]), ("en", NATIONAL)]
    {
        for name in names {
            assert!(
                Lexicon::of(code).is_ok_and(|lexicon| !lexicon.captions(name).is_empty()),
                "{code}: {name}"
            );
        }
    }
}

#[test]
fn titles_and_tables_are_complete() {
    for lexicon in every_lexicon() {
        for kind in ["invoice", "credit_note", "reminder", "receipt", "statement", "proforma"] {
            assert!(!lexicon.titles(kind).is_empty(), "{}: no title for {kind}", lexicon.code);
        }
        let columns = ["position", "article", "description", "quantity", "unit"];
        for name in columns.into_iter().chain(["unit_price", "tax_rate", "discount", "amount"]) {
            assert!(!lexicon.columns(name).is_empty(), "{}: no column {name}", lexicon.code);
        }
        for name in ["rate", "base", "tax"] {
            assert!(!lexicon.tax_table(name).is_empty(), "{}: no tax column {name}", lexicon.code);
        }
    }
}

#[test]
fn lists_are_long_enough() {
    for lexicon in every_lexicon() {
        let counts = [
            ("countries", lexicon.countries.len(), 1),
            ("cities", lexicon.cities.len(), 25),
            ("postal_formats", lexicon.postal_formats.len(), 1),
            ("phone_formats", lexicon.phone_formats.len(), 2),
            ("streets", lexicon.streets.len(), 5),
            ("street_names", lexicon.street_names.len(), 20),
            ("first_names", lexicon.first_names.len(), 40),
            ("surnames", lexicon.surnames.len(), 40),
            ("legal_forms", lexicon.legal_forms.len(), 4),
            ("legal_form_prefixes", lexicon.legal_form_prefixes.len(), 1),
            ("company_words", lexicon.company_words.len(), 120),
            ("trades", lexicon.trades.len(), 60),
            ("organisation_patterns", lexicon.organisation_patterns.len(), 12),
            ("bank_names", lexicon.bank_names.len(), 8),
            ("products", lexicon.products.len(), 60),
            ("units", lexicon.units.len(), 8),
            ("slogans", lexicon.slogans.len(), 15),
            ("vocabulary", lexicon.vocabulary.len(), 250),
            ("sentences", lexicon.sentences.len(), 40),
            ("closings", lexicon.closings.len(), 2),
            ("direct_debit", lexicon.direct_debit.len(), 2),
            ("assignments", lexicon.assignments.len(), 1),
            ("payment_terms", lexicon.payment_terms.len(), 5),
            ("other captions", lexicon.captions("other").len(), 40),
            ("invoice_number captions", lexicon.captions("invoice_number").len(), 8),
            ("total_gross captions", lexicon.captions("total_gross").len(), 8),
        ];
        for (name, count, least) in counts {
            assert!(count >= least, "{}: {count} {name} of {least}", lexicon.code);
        }
    }
}

#[test]
fn a_year_has_twelve_months() {
    for lexicon in every_lexicon() {
        assert_eq!(lexicon.months.len(), 12, "{}", lexicon.code);
        let abbreviations = lexicon.month_abbreviations.len();
        assert!(abbreviations >= 12 && abbreviations.is_multiple_of(12), "{}: {abbreviations}", lexicon.code);
    }
}

#[test]
fn slots_are_known() {
    for lexicon in every_lexicon() {
        let check = |patterns: &[String], known: &[&str]| {
            for pattern in patterns {
                let unknown = slots(pattern).find(|slot| !known.contains(slot));
                assert_eq!(unknown, None, "{}: {pattern}", lexicon.code);
            }
        };
        check(&lexicon.sentences, SENTENCE_SLOTS);
        check(&lexicon.direct_debit, SENTENCE_SLOTS);
        check(&lexicon.assignments, SENTENCE_SLOTS);
        check(&lexicon.streets, &["name"]);
        check(&lexicon.postal_formats, &["city"]);
        check(&lexicon.bank_names, &["city"]);
        check(&lexicon.organisation_patterns, &["name", "city", "surname", "trade"]);
        assert!(lexicon.streets.iter().all(|street| street.contains("{name}")), "{}", lexicon.code);
        assert!(lexicon.postal_formats.iter().all(|line| line.contains("{city}")), "{}", lexicon.code);
    }
}

#[test]
fn a_country_replaces_what_it_writes_differently_and_keeps_the_rest() {
    let (language, country) =
        (Lexicon::of("en").expect("English"), Lexicon::of("en-US").expect("American English"));
    assert_eq!(country.code, "en-US");
    assert!(country.legal_forms.iter().any(|form| form == "LLC"));
    assert!(language.legal_forms.iter().all(|form| form != "LLC"));
    assert_eq!(country.months, language.months);
    assert_eq!(country.captions("invoice_number"), language.captions("invoice_number"));
}

#[test]
fn a_country_without_words_of_its_own_gets_its_languages() {
    assert_eq!(Lexicon::of("en-ZW").map(|lexicon| lexicon.code.as_str()), Ok("en"));
    assert_eq!(Lexicon::of("tlh").err(), Some(LexiconError::UnknownLanguage("tlh".to_owned())));
}

#[test]
fn a_repeated_word_is_refused() {
    let doubled =
        include_str!("../../lexicon/en.toml").replacen("code = \"en\"\n", "code = \"en\"\nx = 1\n", 1);
    assert!(matches!(parse("en", &doubled), Err(LexiconError::Malformed { .. })));
    let source = include_str!("../../lexicon/en.toml").replacen("GB | ", "GB | GB | ", 1);
    let message = parse("en", &source).expect_err("a repeat").to_string();
    assert!(message.contains("`GB` stands twice"), "{message}");
}
