//! E-invoices beside pages, and alone.

#![expect(clippy::unwrap_used, reason = "a test that finds no label should fail")]

use fieldmark_domain::check::Check;
use fieldmark_domain::content::DocumentContent;
use fieldmark_domain::electronic_invoice::{
    ElectronicInvoice, InvoiceSyntax, StatedLine, StatedTax, Statement,
};
use fieldmark_domain::extraction::{Decision, DocumentKind};
use fieldmark_domain::field::Field;
use fieldmark_domain::label::{Label, Source};
use fieldmark_domain::media_type::MediaType;
use fieldmark_domain::reading::{Reading, ReadingOptions, read_fields};

use crate::sketch::{Sketch, value};

const TERMS: [(Field, &str); 11] = [
    (Field::InvoiceNumber, "1187"),
    (Field::InvoiceDate, "20240501"),
    (Field::DueDate, "2024-05-31"),
    (Field::Currency, "SEK"),
    (Field::SupplierName, "Ekdalens Snickeri Aktiebolag"),
    (Field::SupplierVatId, "SE202100548901"),
    (Field::Bankgiro, "50501055"),
    (Field::TotalNet, "1000.00"),
    (Field::TotalTax, "250"),
    (Field::TotalGross, "1250.00"),
    (Field::AmountDue, "1250.00"),
];

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// An invoice of two lines and one rate of tax.
fn stated() -> ElectronicInvoice {
    let line = |description: &str, quantity: &str, price: &str, base: Option<String>, net: &str| StatedLine {
        description: text(description),
        quantity: text(quantity),
        unit: text("HUR"),
        price: text(price),
        price_base: base,
        net: text(net),
        tax_rate: text("25"),
        ..StatedLine::default()
    };
    ElectronicInvoice {
        syntax: InvoiceSyntax::Ubl,
        specification: text("urn:cen.eu:en16931:2017"),
        attachment: text("faktura.xml"),
        type_code: text("380"),
        is_credit_note: false,
        seller_country: text("SE"),
        statements: TERMS
            .map(|(field, text)| Statement { field, text: text.to_owned(), scheme: None })
            .to_vec(),
        payer_accounts: Vec::new(),
        tax: vec![StatedTax {
            category: text("S"),
            rate: text("25"),
            net: text("1000.00"),
            tax: text("250.00"),
        }],
        lines: vec![
            line("Snickeri", "2.0", "450.00", None, "900.00"),
            line("Skruv", "120", "125.00", text("100"), "150.00"),
        ],
        line_count: 2,
        allowances: text("50.00"),
        charges: None,
        paid: None,
        rounding: None,
    }
}

/// The same with another text for a field.
pub fn stating(field: Field, text: &str) -> ElectronicInvoice {
    let mut invoice = stated();
    for statement in invoice.statements.iter_mut().filter(|statement| statement.field == field) {
        text.clone_into(&mut statement.text);
    }
    invoice
}

/// A page that shows what is stated, each value in its own way.
pub fn page() -> Sketch {
    page_with_gross("1 250,00")
}

fn page_with_gross(gross: &str) -> Sketch {
    Sketch::default()
        .value(40.0, 40.0, "Ekdalens Snickeri", Field::SupplierName, 0.95)
        .caption(300.0, 40.0, "Fakturanr", Field::InvoiceNumber)
        .value(400.0, 40.0, "1187", Field::InvoiceNumber, 0.97)
        .caption(300.0, 54.0, "Fakturadatum", Field::InvoiceDate)
        .value(400.0, 54.0, "1 maj 2024", Field::InvoiceDate, 0.98)
        .caption(300.0, 68.0, "Förfallodatum", Field::DueDate)
        .value(400.0, 68.0, "2024-05-31", Field::DueDate, 0.98)
        .value(450.0, 500.0, "1 000,00", Field::TotalNet, 0.95)
        .value(450.0, 514.0, "250,00", Field::TotalTax, 0.95)
        .value(450.0, 528.0, gross, Field::TotalGross, 0.97)
        .caption(40.0, 700.0, "Bankgiro", Field::Bankgiro)
        .value(120.0, 700.0, "5050-1055", Field::Bankgiro, 0.97)
        .text(40.0, 720.0, "Momsreg.nr SE 2021 0054 8901")
        .value(300.0, 720.0, "Referens A-77", Field::OrderNumber, 0.9)
}

pub fn read(page: Sketch, invoice: ElectronicInvoice) -> Reading {
    let (mut document, detections) = page.finish();
    document.electronic_invoices = vec![invoice];
    read_fields(&document, &detections, &ReadingOptions::default())
}

fn read_alone(invoice: ElectronicInvoice) -> Reading {
    let document = DocumentContent {
        media_type: MediaType::Xml,
        electronic_invoices: vec![invoice],
        ..DocumentContent::of_pages(Vec::new())
    };
    read_fields(&document, &[], &ReadingOptions::default())
}

fn label(reading: &Reading, field: Field) -> &Label {
    reading.labels.iter().find(|label| label.field == field).unwrap()
}

fn seen_on_page(label: &Label) -> Option<&Check> {
    label.checks.iter().find(|check| check.name == "seen_on_page")
}

#[test]
fn what_is_stated_counts_and_the_page_shows_where_it_stands() {
    let reading = read(page(), stated());
    for (field, _) in TERMS {
        let label = label(&reading, field);
        assert_eq!(label.source, Source::Xml, "{field}");
        assert!(label.checks.iter().all(|check| check.passed), "{label:?}");
    }
    for field in [
        Field::InvoiceNumber,
        Field::InvoiceDate,
        Field::SupplierName,
        Field::SupplierVatId,
        Field::TotalGross,
    ] {
        let label = label(&reading, field);
        assert_eq!(seen_on_page(label).map(|check| check.passed), Some(true), "{field}");
        assert!(label.place.is_some(), "{field}");
    }
    assert_eq!(label(&reading, Field::SupplierName).value.to_string(), "Ekdalens Snickeri Aktiebolag");
    assert_eq!(label(&reading, Field::InvoiceDate).raw, "20240501");
    assert!(label(&reading, Field::InvoiceNumber).caption.is_some());
    assert_eq!((reading.kind, reading.decision), (Some(DocumentKind::Invoice), Decision::Accept));
    assert_eq!(reading.electronic_invoice.unwrap().attachment.as_deref(), Some("faktura.xml"));
}

#[test]
fn what_is_not_stated_is_read_off_the_page() {
    let reading = read(page(), stated());
    let order = label(&reading, Field::OrderNumber);
    assert_eq!((order.source, order.value.to_string().as_str()), (Source::TextLayer, "Referens A-77"));
    assert_eq!(seen_on_page(order), None);
}

#[test]
fn a_value_that_the_page_shows_otherwise_is_said_with_both() {
    let reading = read(page_with_gross("1 520,00"), stated());
    let gross = label(&reading, Field::TotalGross);
    assert_eq!((gross.value.to_string().as_str(), gross.source), ("1250.00", Source::Xml));
    let check = seen_on_page(gross).unwrap();
    let detail = check.detail.as_deref().unwrap();
    assert!(!check.passed && detail.contains("1250.00") && detail.contains("1520.00"), "{check:?}");
    assert!(gross.confidence < label(&reading, Field::InvoiceNumber).confidence);
    let Decision::Review { reasons } = &reading.decision else { panic!("{:?}", reading.decision) };
    assert!(reasons.iter().any(|reason| reason == "total_gross: seen_on_page fails"), "{reasons:?}");
}

#[test]
fn a_value_that_the_page_shows_for_another_field_does_not_count() {
    let reading = read(page(), stating(Field::TotalGross, "1000.00"));
    let check = seen_on_page(label(&reading, Field::TotalGross)).unwrap();
    assert_eq!(check.detail.as_deref(), Some("the e-invoice states 1000.00, the page shows 1250.00"));
    let swapped = read(page(), stating(Field::InvoiceDate, "2024-05-31"));
    assert!(!seen_on_page(label(&swapped, Field::InvoiceDate)).unwrap().passed);
}

#[test]
fn what_the_page_does_not_show_is_nothing_to_compare() {
    let bare = Sketch::default().value(40.0, 40.0, "1187", Field::InvoiceNumber, 0.97);
    let reading = read(bare, stated());
    let gross = label(&reading, Field::TotalGross);
    assert_eq!((seen_on_page(gross), gross.place), (None, None));
    assert!(gross.confidence > 0.95);
}

#[test]
fn lines_and_taxes_are_read_and_added_up() {
    let reading = read(page(), stated());
    let line = &reading.lines[1];
    assert_eq!(
        (line.position, line.description.as_deref(), line.unit.as_deref()),
        (2, Some("Skruv"), Some("HUR"))
    );
    assert_eq!(line.quantity.unwrap().to_string(), "120");
    assert_eq!(line.unit_price_net.unwrap().to_string(), "1.25");
    assert_eq!(line.amount_net.unwrap().to_string(), "150.00");
    let tax = &reading.tax[0];
    assert_eq!(
        (tax.rate.unwrap().to_string().as_str(), tax.tax.unwrap().to_string().as_str()),
        ("25", "250.00")
    );
    for name in ["lines_sum_to_net", "tax_lines_sum_to_tax", "stated_values_readable"] {
        assert!(reading.checks.iter().any(|check| check.name == name && check.passed), "{name}");
    }
    let mut wrong = stated();
    wrong.lines[0].net = text("800.00");
    wrong.tax[0].tax = text("249.00");
    let reading = read(page(), wrong);
    for (name, field) in [("lines_sum_to_net", Field::TotalNet), ("tax_lines_sum_to_tax", Field::TotalTax)] {
        assert!(
            label(&reading, field).checks.iter().any(|check| check.name == name && !check.passed),
            "{name}"
        );
    }
}

#[test]
fn an_e_invoice_alone_needs_no_page() {
    let reading = read_alone(ElectronicInvoice { attachment: None, ..stated() });
    assert_eq!(reading.labels.len(), TERMS.len() + 1, "the allowance too");
    assert_eq!(reading.decision, Decision::Accept);
    assert_eq!(reading.currency.unwrap().code(), "SEK");
    assert!(label(&reading, Field::Bankgiro).checks.iter().all(|check| check.passed));
}

#[test]
fn a_credit_notes_amounts_are_below_zero() {
    let credit = |invoice| ElectronicInvoice { type_code: text("381"), ..invoice };
    let reading = read(page(), credit(stated()));
    assert_eq!(reading.kind, Some(DocumentKind::CreditNote));
    for (field, amount) in [(Field::TotalGross, "-1250.00"), (Field::TotalNet, "-1000.00")] {
        assert_eq!(value(&reading, field), amount);
    }
    assert_eq!(label(&reading, Field::TotalGross).raw, "1250.00");
    assert!(seen_on_page(label(&reading, Field::TotalGross)).unwrap().passed);
    assert_eq!(reading.lines[0].quantity.unwrap().to_string(), "-2");
    assert_eq!(reading.lines[0].amount_net.unwrap().to_string(), "-900.00");
    assert_eq!(reading.tax[0].tax.unwrap().to_string(), "-250.00");
    assert!(reading.checks.iter().all(|check| check.passed), "{:?}", reading.checks);
    let below = read_alone(credit(stating(Field::TotalGross, "-1250.00")));
    assert_eq!(value(&below, Field::TotalGross), "-1250.00", "below zero already");
}

#[test]
fn what_cannot_be_read_is_said_and_left_to_the_page() {
    let reading = read(page(), stating(Field::DueDate, "31 maj"));
    let due = label(&reading, Field::DueDate);
    assert_eq!((due.source, due.value.to_string().as_str()), (Source::TextLayer, "2024-05-31"));
    let check = reading.checks.iter().find(|check| check.name == "stated_values_readable").unwrap();
    assert!(!check.passed && check.detail.as_deref().unwrap().contains("due_date"), "{check:?}");
    let misprinted = read_alone(stating(Field::SupplierVatId, "SE202100548801"));
    let vat_id = label(&misprinted, Field::SupplierVatId);
    assert_eq!(vat_id.value.to_string(), "SE202100548801", "kept as it is stated");
    assert!(vat_id.checks.iter().any(|check| !check.passed));
}

#[test]
fn more_than_one_e_invoice_and_lines_left_out_want_a_look() {
    let (mut document, detections) = page().finish();
    document.electronic_invoices = vec![ElectronicInvoice { line_count: 9, ..stated() }, stated()];
    document.unread = vec!["the attachment b.xml is broken".to_owned()];
    let reading = read_fields(&document, &detections, &ReadingOptions::default());
    let Decision::Review { reasons } = &reading.decision else { panic!("{:?}", reading.decision) };
    for part in ["2 of the e-invoice's 9 lines", "2 e-invoices, and faktura.xml was read", "b.xml is broken"]
    {
        assert!(reasons.iter().any(|reason| reason.contains(part)), "{part}: {reasons:?}");
    }
    assert!(reading.checks.iter().all(|check| check.name != "lines_sum_to_net"));
}

#[test]
fn candidates_begin_with_what_is_stated() {
    let (mut document, detections) = page_with_gross("1 520,00").finish();
    document.electronic_invoices = vec![stated()];
    let options = ReadingOptions { with_candidates: true, ..ReadingOptions::default() };
    let reading = read_fields(&document, &detections, &options);
    let values = label(&reading, Field::TotalGross).candidates.iter();
    let values: Vec<String> = values.map(|candidate| candidate.value.to_string()).collect();
    assert_eq!(values[..2], ["1250.00", "1520.00"]);
}

#[test]
fn absurd_numbers_break_nothing() {
    let huge = "79228162514264337593543950335";
    let tiny = "0.0000000000000000000000000001";
    for number in [huge, tiny, "-999999999999999.9999", "1e400", ""] {
        let mut invoice = stated();
        for statement in &mut invoice.statements {
            number.clone_into(&mut statement.text);
        }
        for line in &mut invoice.lines {
            let all = [
                &mut line.quantity,
                &mut line.price,
                &mut line.price_base,
                &mut line.net,
                &mut line.tax_rate,
            ];
            all.into_iter().for_each(|text| *text = Some(number.to_owned()));
        }
        invoice.allowances = text(number);
        invoice.tax[0].tax = text(number);
        let reading = read_alone(invoice);
        assert!(reading.lines.len() == 2 && reading.kind.is_some());
    }
}

#[test]
fn a_print_that_may_be_a_coincidence_needs_its_caption() {
    let shown = |reading: &Reading, field| seen_on_page(label(reading, field)).unwrap().passed;
    // An amount or a date may stand there as anything; a long number means itself.
    let with_line = page().text(450.0, 300.0, "60,00").text(40.0, 300.0, "A-2024-1187");
    let reading = read(with_line, stating(Field::TotalGross, "60.00"));
    assert!(!shown(&reading, Field::TotalGross));
    let with_line = page().text(450.0, 300.0, "2024-05-02").text(40.0, 300.0, "A-2024-1187");
    assert!(!shown(&read(with_line, stating(Field::InvoiceDate, "2024-05-02")), Field::InvoiceDate));
    let with_line = page().text(40.0, 300.0, "A-2024-1187");
    assert!(shown(&read(with_line, stating(Field::InvoiceNumber, "A-2024-1187")), Field::InvoiceNumber));
    let captioned =
        page().caption(300.0, 300.0, "Att betala", Field::TotalGross).text(450.0, 300.0, "1 260,00");
    assert!(shown(&read(captioned, stating(Field::TotalGross, "1260.00")), Field::TotalGross));
}

#[test]
fn a_sign_and_another_partys_name_are_no_prints_of_the_value() {
    let captioned = || page().caption(300.0, 528.0, "Att betala", Field::TotalGross);
    let negative = read(captioned(), stating(Field::TotalGross, "-1250.00"));
    assert!(!seen_on_page(label(&negative, Field::TotalGross)).unwrap().passed);
    let two_parties =
        || page().value(300.0, 140.0, "Anna Ström", Field::CustomerName, 0.9).text(40.0, 760.0, "Anna Ström");
    for name in ["Anna Ström", "AB"] {
        let reading = read(two_parties(), stating(Field::SupplierName, name));
        assert!(!seen_on_page(label(&reading, Field::SupplierName)).unwrap().passed, "{name}");
    }
}

#[test]
fn the_account_that_is_debited_is_not_to_be_paid_to() {
    let debit = |accounts: &[&str]| {
        let bank = page()
            .value(40.0, 740.0, "SE45 5000 0000 0583 9825 7466", Field::SupplierIban, 0.9)
            .value(300.0, 740.0, "ESSESESS", Field::SupplierBic, 0.9);
        let payer_accounts = accounts.iter().map(|account| (*account).to_owned()).collect();
        let reading = read(bank, ElectronicInvoice { payer_accounts, ..stated() });
        [value(&reading, Field::SupplierIban), value(&reading, Field::SupplierBic)]
    };
    assert_eq!(debit(&[]), ["SE4550000000058398257466", "ESSESESS"]);
    assert_eq!(debit(&["SE4550000000058398257466"]), ["", ""]);
}

#[test]
fn sums_of_an_e_invoice_are_exact() {
    let check = |invoice: ElectronicInvoice, name: &str| {
        let reading = read_alone(invoice);
        reading.checks.iter().find(|check| check.name == name).map(|check| check.passed)
    };
    let gross = |amount: &str| stating(Field::TotalGross, amount);
    assert_eq!(check(gross("1250.00"), "net_plus_tax_is_gross"), Some(true));
    assert_eq!(check(gross("1250.40"), "net_plus_tax_is_gross"), Some(false));
    let due =
        |due: &str, paid, rounding| ElectronicInvoice { paid, rounding, ..stating(Field::AmountDue, due) };
    for (invoice, passed) in [
        (due("1250.00", None, None), true),
        (due("1200.00", text("50.00"), None), true),
        (due("1200.00", None, None), false),
        (due("1201.00", text("49.50"), text("0.50")), true),
        (due("1350.00", text("-100.00"), None), true),
    ] {
        assert_eq!(check(invoice.clone(), "amount_due_is_gross_less_paid"), Some(passed), "{invoice:?}");
        assert_eq!(check(invoice, "amount_due_not_over_gross"), None);
    }
    let minimum = ElectronicInvoice { tax: Vec::new(), ..due("1200.00", None, None) };
    assert_eq!(check(minimum, "amount_due_is_gross_less_paid"), None, "MINIMUM does not say what was paid");
}

#[test]
fn numbers_of_lines_that_are_none_are_said() {
    let mut invoice = stated();
    invoice.lines[1].net = text("abc");
    invoice.allowances = text("x");
    let reading = read_alone(invoice);
    let check = reading.checks.iter().find(|check| check.name == "stated_values_readable").unwrap();
    let detail = check.detail.as_deref().unwrap();
    assert!(!check.passed && detail.contains("line 2: `abc`") && detail.contains("sums: `x`"), "{detail}");
}

#[test]
fn a_credit_note_by_its_root_is_one_whatever_its_code() {
    let invoice = ElectronicInvoice { is_credit_note: true, ..stated() };
    assert_eq!(read_alone(invoice).kind, Some(DocumentKind::CreditNote));
}

#[test]
fn a_number_is_checked_by_its_own_scheme() {
    let checks = |number: &str, scheme: Option<&str>| {
        let mut invoice = stated();
        let statement = Statement {
            field: Field::SupplierOrgNumber,
            text: number.to_owned(),
            scheme: scheme.map(str::to_owned),
        };
        invoice.statements.push(statement);
        let reading = read_alone(invoice);
        let label = label(&reading, Field::SupplierOrgNumber);
        (label.checks.len(), label.checks.iter().all(|check| check.passed))
    };
    assert!(checks("2021005489", None).1 && checks("2021005489", Some("0007")).1);
    assert!(!checks("2021005480", Some("0007")).1);
    assert_eq!(checks("7300010000001", Some("0088")).0, 0, "a GLN is of the whole world");
    assert!(checks("923609016", Some("0192")).1 && !checks("923609017", Some("0192")).1);
}

#[test]
fn what_was_paid_rounded_and_taken_off_is_stated_too() {
    let invoice = ElectronicInvoice {
        paid: text("-200.00"),
        rounding: text("0.40"),
        ..stating(Field::AmountDue, "1050.40")
    };
    let page = || {
        let page = page().caption(380.0, 542.0, "Betalt", Field::AmountPaid);
        page.value(450.0, 542.0, "-200,00", Field::AmountPaid, 0.98)
    };
    let reading = read(page(), invoice);
    for (field, amount) in
        [(Field::AmountPaid, "200.00"), (Field::Rounding, "0.40"), (Field::DiscountTotal, "50.00")]
    {
        assert_eq!(value(&reading, field), amount, "{field}");
        assert_eq!(label(&reading, field).source, Source::Xml);
    }
    assert!(seen_on_page(label(&reading, Field::AmountPaid)).unwrap().passed);
    let other = read(page(), ElectronicInvoice { paid: text("300.00"), ..stated() });
    assert!(!seen_on_page(label(&other, Field::AmountPaid)).unwrap().passed);
}
