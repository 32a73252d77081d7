//! From drawn pages and detections to labels.

mod addresses;
mod amounts;
mod electronic_invoice;
mod kinds;
mod misleading;
mod payments;
mod periods;
mod sketch;
mod tax_lines;

use fieldmark_domain::detection::{BlockRole, Detection, SpanClass};
use fieldmark_domain::extraction::Decision;
use fieldmark_domain::field::Field;
use fieldmark_domain::label::Source;
use fieldmark_domain::page::{TextLayer, TextVerdict};
use fieldmark_domain::reading::{ReadingOptions, read_fields};
use sketch::{Sketch, value};

fn swedish() -> Sketch {
    Sketch::default()
        .value(40.0, 40.0, "Ekdalens Snickeri AB", Field::SupplierName, 0.95)
        .span(40.0, 54.0, "Verkstadsgatan 4, 123 45 Sala", SpanClass::Value(Field::SupplierAddress), 0.9)
        .caption(300.0, 40.0, "Fakturanr", Field::InvoiceNumber)
        .value(400.0, 40.0, "1187", Field::InvoiceNumber, 0.97)
        .caption(300.0, 54.0, "Fakturadatum", Field::InvoiceDate)
        .value(400.0, 54.0, "2024-05-01", Field::InvoiceDate, 0.98)
        .caption(300.0, 68.0, "Förfallodatum", Field::DueDate)
        .value(400.0, 68.0, "2024-05-31", Field::DueDate, 0.98)
        .value(300.0, 140.0, "Anna Ström", Field::CustomerName, 0.9)
        .span(300.0, 154.0, "Skogsvägen 2, 543 21 Mora", SpanClass::Value(Field::CustomerAddress), 0.9)
        .caption(300.0, 500.0, "Summa exkl. moms", Field::TotalNet)
        .value(450.0, 500.0, "1 000,00", Field::TotalNet, 0.95)
        .caption(300.0, 514.0, "Moms 25%", Field::TotalTax)
        .value(450.0, 514.0, "250,00", Field::TotalTax, 0.95)
        .caption(300.0, 528.0, "Att betala", Field::TotalGross)
        .value(450.0, 528.0, "1 250,00", Field::TotalGross, 0.95)
        .text(500.0, 528.0, "kr")
        .caption(40.0, 700.0, "Bankgiro", Field::Bankgiro)
        .value(120.0, 700.0, "5050-1055", Field::Bankgiro, 0.97)
        .caption(240.0, 700.0, "Org.nr", Field::SupplierOrgNumber)
        .value(300.0, 700.0, "202100-5489", Field::SupplierOrgNumber, 0.97)
}

#[test]
fn a_plain_invoice_is_read_and_accepted() {
    let reading = swedish().read();
    for (field, expected) in [
        (Field::InvoiceNumber, "1187"),
        (Field::InvoiceDate, "2024-05-01"),
        (Field::DueDate, "2024-05-31"),
        (Field::Currency, "SEK"),
        (Field::TotalNet, "1000.00"),
        (Field::TotalTax, "250.00"),
        (Field::TotalGross, "1250.00"),
        (Field::AmountDue, "1250.00"),
        (Field::SupplierName, "Ekdalens Snickeri AB"),
        (Field::CustomerName, "Anna Ström"),
        (Field::SupplierOrgNumber, "202100-5489"),
        (Field::Bankgiro, "50501055"),
    ] {
        assert_eq!(value(&reading, field), expected, "{field}");
    }
    assert_eq!(reading.locale.unwrap().to_string(), "sv-SE");
    assert_eq!(reading.decision, Decision::Accept);
    assert!(reading.checks.iter().all(|check| check.passed) && reading.checks.len() == 3);
    let due = reading.labels.iter().find(|label| label.field == Field::AmountDue).unwrap();
    assert_eq!(due.source, Source::Derived);
    let number = reading.labels.iter().find(|label| label.field == Field::InvoiceNumber).unwrap();
    assert!(number.caption.is_some() && number.place.is_some() && number.candidates.is_empty());
    assert!(number.confidence > due.confidence && number.confidence < 1.0);
}

#[test]
fn a_reference_that_a_lines_end_breaks_is_whole() {
    let (document, mut detections) = Sketch::default()
        .caption(40.0, 700.0, "Verwendungszweck:", Field::PaymentReference)
        .value(140.0, 700.0, "RE-2024-", Field::PaymentReference, 0.8)
        .text(40.0, 714.0, "8387")
        .finish();
    let whole = detections[0][0].bounds.union(&detections[0][1].bounds);
    let class = SpanClass::Block(BlockRole::Bank);
    detections[0].push(Detection { class, score: 0.9, bounds: whole, words: vec![0, 1, 2] });
    let options = ReadingOptions { threshold: 0.0, ..ReadingOptions::default() };
    let reading = read_fields(&document, &detections, &options);
    assert_eq!(value(&reading, Field::PaymentReference), "RE-2024-8387");
}

#[test]
fn an_account_goes_on_with_its_groups_of_digits() {
    let reading = Sketch::default()
        .caption(40.0, 700.0, "Kontonr.:", Field::AccountNumber)
        .value(100.0, 700.0, "1234 5678", Field::AccountNumber, 0.9)
        .text(148.0, 700.0, "90")
        .read();
    assert_eq!(value(&reading, Field::AccountNumber), "1234567890");
}

#[test]
fn an_amount_cut_at_a_word_gives_way_to_the_whole_one_elsewhere() {
    let reading = Sketch::default()
        .text(380.0, 500.0, "Total8")
        .value(413.0, 500.0, "570,68", Field::AmountDue, 0.95)
        .value(100.0, 600.0, "8 570,68", Field::AmountDue, 0.8)
        .read();
    assert_eq!(value(&reading, Field::AmountDue), "8570.68");
}

#[test]
fn nets_and_taxes_of_two_rates_make_the_printed_total() {
    let reading = Sketch::default()
        .value(450.0, 500.0, "1 330,00", Field::TotalNet, 0.4)
        .value(450.0, 514.0, "332,50", Field::TotalNet, 0.3)
        .value(450.0, 528.0, "4 068,00", Field::TotalTax, 0.3)
        .value(450.0, 542.0, "488,16", Field::TotalTax, 0.4)
        .value(450.0, 570.0, "6 218,66", Field::AmountDue, 0.95)
        .read();
    assert_eq!(value(&reading, Field::TotalNet), "5398.00");
    assert_eq!(value(&reading, Field::TotalTax), "820.66");
    assert_eq!(value(&reading, Field::TotalGross), "6218.66");
}

#[test]
fn a_number_by_its_shape_is_the_party_s_in_whose_block_it_stands() {
    let read = |role: BlockRole| {
        let (document, mut detections) = Sketch::default()
            .value(40.0, 40.0, "Ekholm Bygg AB", Field::SupplierName, 0.9)
            .text(300.0, 120.0, "SE556036079301")
            .finish();
        let bounds = document.pages[0].words[3].bounds;
        detections[0].push(Detection { class: SpanClass::Block(role), score: 0.9, bounds, words: vec![3] });
        read_fields(&document, &detections, &ReadingOptions { threshold: 0.0, ..ReadingOptions::default() })
    };
    let footer = read(BlockRole::Footer);
    assert_eq!(value(&footer, Field::SupplierVatId), "SE556036079301");
    assert_eq!(value(&footer, Field::CustomerVatId), "");
    let customer = read(BlockRole::Customer);
    assert_eq!(value(&customer, Field::SupplierVatId), "");
    assert_eq!(value(&customer, Field::CustomerVatId), "SE556036079301");
}

#[test]
fn the_only_party_at_the_top_is_the_supplier() {
    let lone = |top: f32| {
        Sketch::default()
            .value(40.0, top, "Ekholm Bygg AB", Field::CustomerName, 0.8)
            .text(40.0, 700.0, "Tack")
    };
    let reading = lone(40.0).read();
    assert_eq!(value(&reading, Field::SupplierName), "Ekholm Bygg AB");
    assert_eq!(value(&reading, Field::CustomerName), "");
    let below = lone(300.0).read();
    assert_eq!(value(&below, Field::CustomerName), "Ekholm Bygg AB");
    let both = lone(40.0).value(40.0, 760.0, "Lind Golv AB", Field::SupplierName, 0.7).read();
    assert_eq!(value(&both, Field::CustomerName), "Ekholm Bygg AB");
}

#[test]
fn labels_come_in_the_fields_order_and_above_the_threshold() {
    let (document, detections) = swedish().finish();
    for threshold in [0.0, 0.5, 0.9, 1.0] {
        let options = ReadingOptions { threshold, with_candidates: true, ..ReadingOptions::default() };
        let reading = read_fields(&document, &detections, &options);
        let positions: Vec<_> = reading
            .labels
            .iter()
            .map(|label| Field::ALL.iter().position(|field| *field == label.field))
            .collect();
        assert!(positions.is_sorted());
        assert!(reading.labels.iter().all(|label| label.confidence >= threshold));
        assert!(
            reading
                .labels
                .iter()
                .all(|label| label.source == Source::Derived || !label.candidates.is_empty())
        );
    }
}

#[test]
fn nothing_detected_is_nothing_read() {
    let reading = Sketch::default().text(40.0, 40.0, "Hej").read();
    assert!(reading.labels.is_empty() && reading.locale.is_none());
    assert!(matches!(reading.decision, Decision::Review { .. }));
}

#[test]
fn the_sum_overrules_a_likelier_amount() {
    let reading = Sketch::default()
        .value(450.0, 500.0, "800.00", Field::TotalNet, 0.6)
        .value(450.0, 514.0, "200.00", Field::TotalTax, 0.9)
        .value(450.0, 528.0, "1,000.00", Field::TotalGross, 0.4)
        .value(450.0, 400.0, "640.00", Field::TotalGross, 0.5)
        .read();
    assert_eq!(value(&reading, Field::TotalGross), "1000.00");
    assert!(reading.checks.iter().any(|check| check.name == "net_plus_tax_is_gross" && check.passed));
}

#[test]
fn degenerate_sums_prove_nothing() {
    let reading = Sketch::default()
        .value(450.0, 500.0, "640.00", Field::TotalNet, 0.3)
        .value(450.0, 514.0, "0.00", Field::TotalTax, 0.1)
        .value(450.0, 528.0, "1,000.00", Field::TotalGross, 0.9)
        .value(450.0, 400.0, "640.00", Field::TotalGross, 0.2)
        .read();
    assert_eq!(value(&reading, Field::TotalGross), "1000.00");
}

#[test]
fn a_missing_tax_is_the_difference_when_it_is_a_usual_one() {
    let sketch = |net: &str| {
        Sketch::default()
            .value(450.0, 500.0, net, Field::TotalNet, 0.95)
            .value(450.0, 528.0, "1,250.00", Field::TotalGross, 0.95)
            .read()
    };
    let reading = sketch("1,000.00");
    assert_eq!(value(&reading, Field::TotalTax), "250.00");
    assert_eq!(value(&sketch("1,031.00"), Field::TotalTax), "");
}

#[test]
fn what_was_paid_keeps_the_amount_due_from_being_the_total() {
    let reading = Sketch::default()
        .value(450.0, 500.0, "1,250.00", Field::TotalGross, 0.95)
        .span(450.0, 514.0, "250.00", SpanClass::Value(Field::AmountPaid), 0.9)
        .read();
    assert_eq!(value(&reading, Field::AmountDue), "");
}

#[test]
fn amounts_in_groups_are_completed_and_runs_are_cut() {
    let reading = Sketch::default()
        .text(440.0, 500.0, "12")
        .value(453.0, 500.0, "345,50", Field::TotalGross, 0.9)
        .read();
    assert_eq!(value(&reading, Field::TotalGross), "12345.50");
    let reading = Sketch::default().value(300.0, 500.0, "1 000,00 250,00", Field::TotalNet, 0.9).read();
    assert_eq!(value(&reading, Field::TotalNet), "1000.00");
}

#[test]
fn an_account_is_completed_to_its_countrys_length() {
    let reading = Sketch::default()
        .text(40.0, 700.0, "IBAN:")
        .value(70.0, 700.0, "DE89 3704 0044", Field::SupplierIban, 0.9)
        .text(145.0, 700.0, "0532 0130 00 BIC")
        .value(250.0, 700.0, "COBADEFF", Field::SupplierBic, 0.9)
        .read();
    assert_eq!(value(&reading, Field::SupplierIban), "DE89370400440532013000");
    assert_eq!(value(&reading, Field::SupplierBic), "COBADEFF");
}

#[test]
fn the_bank_code_beside_the_chosen_account_is_taken() {
    let reading = Sketch::default()
        .value(40.0, 700.0, "DE89370400440532013000", Field::SupplierIban, 0.9)
        .value(200.0, 700.0, "COBADEFF", Field::SupplierBic, 0.85)
        .value(40.0, 740.0, "FI2112345600000785", Field::SupplierIban, 0.88)
        .value(200.0, 740.0, "NDEAFIHH", Field::SupplierBic, 0.9)
        .read();
    assert_eq!(value(&reading, Field::SupplierIban), "DE89370400440532013000");
    assert_eq!(value(&reading, Field::SupplierBic), "COBADEFF");
}

#[test]
fn a_vat_number_is_completed_and_its_suffix_kept() {
    let reading = Sketch::default()
        .value(40.0, 700.0, "NO 912", Field::SupplierVatId, 0.9)
        .text(75.0, 700.0, "345 678 MVA")
        .read();
    assert_eq!(value(&reading, Field::SupplierVatId), "NO912345678MVA");
}

#[test]
fn a_name_is_completed_by_its_legal_form_and_not_repeated() {
    let reading = Sketch::default()
        .value(40.0, 40.0, "Tallåsens Elservice Ekonomisk", Field::SupplierName, 0.9)
        .text(184.0, 40.0, "förening")
        .read();
    assert_eq!(value(&reading, Field::SupplierName), "Tallåsens Elservice Ekonomisk förening");
    let reading =
        Sketch::default().value(40.0, 40.0, "Nordlys Foto Nordlys Foto", Field::SupplierName, 0.9).read();
    assert_eq!(value(&reading, Field::SupplierName), "Nordlys Foto");
}

#[test]
fn little_words_join_a_name() {
    let reading = Sketch::default()
        .value(40.0, 40.0, "Brasserie du Val", Field::SupplierName, 0.9)
        .text(114.0, 40.0, "de Seine")
        .read();
    assert_eq!(value(&reading, Field::SupplierName), "Brasserie du Val de Seine");
}

#[test]
fn a_name_goes_on_in_the_next_line() {
    let reading = Sketch::default()
        .value(40.0, 40.0, "Tallåsens Elservice Ekonomisk", Field::SupplierName, 0.9)
        .text(40.0, 52.0, "förening")
        .span(40.0, 64.0, "Verkstadsgatan 4", SpanClass::Value(Field::SupplierAddress), 0.9)
        .value(300.0, 140.0, "Nordlys Foto &", Field::CustomerName, 0.8)
        .value(300.0, 152.0, "Film AS", Field::CustomerName, 0.8)
        .read();
    assert_eq!(value(&reading, Field::SupplierName), "Tallåsens Elservice Ekonomisk förening");
    assert_eq!(value(&reading, Field::CustomerName), "Nordlys Foto & Film AS");
}

#[test]
fn a_name_that_ends_in_the_middle_goes_on_whatever_the_detector_says() {
    let reading = Sketch::default()
        .value(40.0, 40.0, "Tallåsens Bygg & Måleri i", Field::SupplierName, 0.9)
        .text(40.0, 52.0, "Sala Hamn")
        .text(300.0, 140.0, "Nordlys Foto & Film")
        .value(300.0, 152.0, "i Mora AS", Field::CustomerName, 0.8)
        .read();
    assert_eq!(value(&reading, Field::SupplierName), "Tallåsens Bygg & Måleri i Sala Hamn");
    assert_eq!(value(&reading, Field::CustomerName), "Nordlys Foto & Film i Mora AS");
}

#[test]
fn numbers_go_on_in_the_next_line() {
    let reading = Sketch::default()
        .text(40.0, 700.0, "IBAN:")
        .value(70.0, 700.0, "DE89 3704 0044 0532", Field::SupplierIban, 0.9)
        .text(40.0, 712.0, "0130 00")
        .value(300.0, 700.0, "+71<000000000000018", Field::Fik, 0.9)
        .text(300.0, 712.0, "+12345678<")
        .read();
    assert_eq!(value(&reading, Field::SupplierIban), "DE89370400440532013000");
    assert_eq!(value(&reading, Field::Fik), "+71<000000000000018+12345678<");
}

#[test]
fn a_broken_name_gives_way_to_the_whole_one_printed_elsewhere() {
    let reading = Sketch::default()
        .value(200.0, 40.0, "Tallåsens Bygg & Måleri i", Field::SupplierName, 0.98)
        .value(300.0, 60.0, "Sala AB", Field::SupplierName, 0.9)
        .value(40.0, 780.0, "Tallåsens Bygg & Måleri i Sala AB", Field::SupplierName, 0.4)
        .read();
    assert_eq!(value(&reading, Field::SupplierName), "Tallåsens Bygg & Måleri i Sala AB");
}

#[test]
fn a_register_number_is_taken_out_of_the_vat_number_where_none_is_printed() {
    let reading = Sketch::default().value(40.0, 700.0, "SE202100548901", Field::SupplierVatId, 0.95).read();
    assert_eq!(value(&reading, Field::SupplierOrgNumber), "202100-5489");
    let reading = swedish().value(40.0, 720.0, "SE556036079301", Field::SupplierVatId, 0.95).read();
    assert_eq!(value(&reading, Field::SupplierOrgNumber), "202100-5489");
}

#[test]
fn a_danish_account_is_its_branch_and_its_number() {
    let reading = Sketch::default()
        .text(40.0, 700.0, "Reg.nr.")
        .value(80.0, 700.0, "4955", Field::AccountNumber, 0.9)
        .text(104.0, 700.0, "/ Kontonr.")
        .value(165.0, 700.0, "7544145060", Field::AccountNumber, 0.9)
        .read();
    assert_eq!(value(&reading, Field::AccountNumber), "49557544145060");
}

#[test]
fn the_caption_tells_a_bankgiro_from_a_plusgiro() {
    // Eight digits that pass as either; the detector leans to the wrong one, or knows no other.
    for (caption, wrong, words) in
        [(Field::Plusgiro, Field::Bankgiro, "Plusgiro"), (Field::Bankgiro, Field::Plusgiro, "Bankgiro")]
    {
        let sketch = || Sketch::default().caption(40.0, 700.0, words, caption);
        for reading in [
            sketch().value(120.0, 700.0, "5050-1055", wrong, 0.6).also(SpanClass::Value(caption), 0.4).read(),
            sketch().value(120.0, 700.0, "5050-1055", wrong, 0.97).read(),
        ] {
            assert_eq!(value(&reading, caption), "50501055", "{words}");
            assert_eq!(value(&reading, wrong), "", "{words}");
        }
    }
    let both = Sketch::default()
        .caption(40.0, 700.0, "Bankgiro", Field::Bankgiro)
        .value(120.0, 700.0, "5050-1055", Field::Bankgiro, 0.97)
        .caption(240.0, 700.0, "Plusgiro", Field::Plusgiro)
        .value(300.0, 700.0, "90 19 50-6", Field::Plusgiro, 0.97)
        .read();
    assert_eq!(value(&both, Field::Bankgiro), "50501055");
    assert_eq!(value(&both, Field::Plusgiro), "9019506");
}

#[test]
fn supplier_and_customer_are_never_the_same() {
    let reading = Sketch::default()
        .value(40.0, 40.0, "Nordlys Foto AS", Field::SupplierName, 0.9)
        .value(40.0, 140.0, "Nordlys Foto AS", Field::CustomerName, 0.6)
        .value(300.0, 140.0, "Kari Holm", Field::CustomerName, 0.5)
        .read();
    assert_eq!(value(&reading, Field::SupplierName), "Nordlys Foto AS");
    assert_eq!(value(&reading, Field::CustomerName), "Kari Holm");
}

#[test]
fn a_web_address_tells_the_supplier() {
    let reading = Sketch::default()
        .value(40.0, 40.0, "Nordlys Foto", Field::SupplierName, 0.5)
        .value(300.0, 40.0, "Kari Holm", Field::SupplierName, 0.52)
        .text(40.0, 700.0, "www.nordlysfoto.no")
        .read();
    assert_eq!(value(&reading, Field::SupplierName), "Nordlys Foto");
}

#[test]
fn crowns_are_those_of_the_country() {
    let page = |vat: &str| {
        Sketch::default()
            .value(40.0, 700.0, vat, Field::SupplierVatId, 0.95)
            .value(400.0, 500.0, "1.250,00", Field::TotalGross, 0.95)
            .text(445.0, 500.0, "kr")
            .read()
    };
    assert_eq!(value(&page("DK12345678"), Field::Currency), "DKK");
    assert_eq!(value(&page("NO912345678MVA"), Field::Currency), "NOK");
}

#[test]
fn an_ambiguous_amount_follows_the_documents_notation() {
    let page = |other: &str| {
        Sketch::default()
            .text(400.0, 480.0, other)
            .value(400.0, 500.0, "1.250", Field::TotalGross, 0.95)
            .read()
    };
    assert_eq!(value(&page("3,50"), Field::TotalGross), "1250.00");
    assert_eq!(value(&page("3.50"), Field::TotalGross), "1.25");
}

#[test]
fn the_order_of_dates_is_the_documents() {
    let page = |other: &str| {
        Sketch::default()
            .text(40.0, 300.0, other)
            .value(400.0, 54.0, "03/04/2024", Field::InvoiceDate, 0.95)
            .read()
    };
    assert_eq!(value(&page("25/03/2024"), Field::InvoiceDate), "2024-04-03");
    assert_eq!(value(&page("03/25/2024"), Field::InvoiceDate), "2024-03-04");
}

#[test]
fn a_due_date_before_the_invoice_gives_way() {
    let reading = Sketch::default()
        .value(400.0, 54.0, "2024-05-01", Field::InvoiceDate, 0.9)
        .value(400.0, 68.0, "2024-04-01", Field::DueDate, 0.6)
        .value(400.0, 82.0, "2024-05-31", Field::DueDate, 0.5)
        .read();
    assert_eq!(value(&reading, Field::DueDate), "2024-05-31");
}

#[test]
fn a_missed_value_is_found_by_its_caption() {
    let beside = Sketch::default()
        .caption(40.0, 60.0, "Customer no", Field::CustomerNumber)
        .text(120.0, 60.0, "K-1042")
        .read();
    assert_eq!(value(&beside, Field::CustomerNumber), "K-1042");
    let below = Sketch::default()
        .caption(40.0, 60.0, "Due date", Field::DueDate)
        .text(40.0, 74.0, "31 May 2024")
        .read();
    assert_eq!(value(&below, Field::DueDate), "2024-05-31");
}

#[test]
fn a_payment_line_and_a_norwegian_reference_are_given_twice() {
    let danish = Sketch::default()
        .value(40.0, 760.0, "+71< 000000000000018", Field::Fik, 0.9)
        .text(150.0, 760.0, "+12345678<")
        .read();
    assert_eq!(value(&danish, Field::Fik), "+71<000000000000018+12345678<");
    assert_eq!(value(&danish, Field::PaymentReference), "000000000000018");
    let norwegian = Sketch::default()
        .value(40.0, 700.0, "NO912345678MVA", Field::SupplierVatId, 0.95)
        .value(40.0, 720.0, "1234567897", Field::PaymentReference, 0.95)
        .read();
    assert_eq!(value(&norwegian, Field::Kid), "1234567897");
}

#[test]
fn a_number_is_not_both_the_invoices_and_the_customers() {
    let reading = Sketch::default()
        .value(400.0, 40.0, "4711", Field::InvoiceNumber, 0.9)
        .also(SpanClass::Value(Field::CustomerNumber), 0.3)
        .read();
    assert_eq!(value(&reading, Field::InvoiceNumber), "4711");
    assert_eq!(value(&reading, Field::CustomerNumber), "");
}

#[test]
fn a_failed_check_is_said_and_asks_for_a_look() {
    let reading = swedish().value(120.0, 720.0, "12345", Field::PaymentReference, 0.95).read();
    assert_eq!(value(&reading, Field::PaymentReference), "12345");
    let label = reading.labels.iter().find(|label| label.field == Field::PaymentReference).unwrap();
    assert!(label.checks.iter().any(|check| check.name == "ocr_luhn" && !check.passed));
    assert!(reading.decision.reasons().iter().any(|reason| reason.contains("ocr_luhn")));
}

#[test]
fn boxes_without_words_take_the_words_inside() {
    let (document, mut detections) = swedish().finish();
    for detection in detections.iter_mut().flatten() {
        detection.words.clear();
    }
    let reading = read_fields(&document, &detections, &ReadingOptions::default());
    assert_eq!(value(&reading, Field::InvoiceNumber), "1187");
    assert_eq!(value(&reading, Field::SupplierName), "Ekdalens Snickeri AB");
}

#[test]
fn odd_detections_do_no_harm() {
    let (document, mut detections) = swedish().finish();
    let template = detections[0][0].clone();
    for (score, words) in [(f32::NAN, vec![0]), (7.0, vec![1]), (0.5, vec![9999]), (-1.0, vec![2, 2])] {
        let mut odd = template.clone();
        (odd.score, odd.words) = (score, words);
        detections[0].push(odd);
    }
    detections.push(vec![template]);
    let reading = read_fields(&document, &detections, &ReadingOptions::default());
    assert!(reading.labels.iter().all(|label| (0.0..1.0).contains(&label.confidence)));
    // Without a detector there is what its shape alone speaks for.
    let by_shape = [Field::Currency, Field::SupplierVatId, Field::SupplierOrgNumber, Field::SupplierIban];
    let alone = read_fields(&document, &[], &ReadingOptions::default());
    assert!(alone.labels.iter().all(|label| by_shape.contains(&label.field)), "{:?}", alone.labels);
}

mod arbitrary {
    use fieldmark_domain::detection::Detection;
    use proptest::prelude::*;

    use super::*;

    fn any_class() -> impl Strategy<Value = SpanClass> {
        prop::sample::select(SpanClass::all().collect::<Vec<_>>())
    }

    fn any_word() -> impl Strategy<Value = String> {
        prop_oneof![
            "[0-9]{1,3}[.,][0-9]{2}",
            "[0-9]{1,9}",
            "[A-Z]{2}[0-9]{2,20}",
            "[A-ZÅÄÖ][a-zåäö]{1,9}",
            "[0-9]{2}[./-][0-9]{2}[./-][0-9]{2,4}",
            Just("AB".to_owned()),
            Just("kr".to_owned()),
            "\\PC{1,8}".prop_filter("words hold no white space", |word| !word.contains(char::is_whitespace)),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn any_page_is_read_the_same_way_twice(
            lines in prop::collection::vec(prop::collection::vec(any_word(), 1..8), 1..12),
            claims in prop::collection::vec((any_class(), 0.0f32..1.0, 0usize..60, 1usize..5), 0..60),
        ) {
            let sketch = lines.iter().enumerate().fold(Sketch::default(), |sketch, (row, line)| {
                sketch.text(40.0, 40.0 + 14.0 * row as f32, &line.join(" "))
            });
            let (document, mut detections) = sketch.finish();
            let words = document.pages[0].words.len();
            for (class, score, first, count) in claims {
                let words: Vec<u32> = (first..first + count).filter(|word| *word < words).map(|word| word as u32).collect();
                if let Some(word) = words.first() {
                    let bounds = document.pages[0].words[*word as usize].bounds;
                    detections[0].push(Detection { class, score, bounds, words });
                }
            }
            let options = ReadingOptions { threshold: 0.0, with_candidates: true, ..ReadingOptions::default() };
            let reading = read_fields(&document, &detections, &options);
            prop_assert_eq!(&reading, &read_fields(&document, &detections, &options));
            for label in &reading.labels {
                prop_assert!((0.0..=0.995).contains(&label.confidence));
                prop_assert!(!label.value.to_string().is_empty());
            }
        }
    }
}

#[test]
fn what_was_not_seen_asks_for_a_look() {
    let (mut document, detections) = swedish().finish();
    document.page_count = 3;
    let reading = read_fields(&document, &detections, &ReadingOptions::default());
    assert_eq!(reading.decision.reasons(), ["1 of 3 pages were read"]);
    document.page_count = 1;
    document.pages[0].text_layer =
        TextLayer { verdict: TextVerdict::None, reasons: vec!["A picture covers the page.".to_owned()] };
    let reading = read_fields(&document, &detections, &ReadingOptions::default());
    assert_eq!(reading.decision.reasons(), ["page 1 has no text. A picture covers the page."]);
}
