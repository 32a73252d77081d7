//! E-invoices of every profile and syntax, and files that are not e-invoices.

use fieldmark_domain::electronic_invoice::{ElectronicInvoice, InvoiceSyntax, StatedTax};
use fieldmark_domain::field::Field;
use fieldmark_testkit::e_invoices::{self, CiiProfile};

use super::*;

fn invoice(xml: &str) -> ElectronicInvoice {
    read(xml.as_bytes()).unwrap()
}

/// The texts that are stated for a field.
fn stated(invoice: &ElectronicInvoice, field: Field) -> Vec<&str> {
    let statements = invoice.statements.iter().filter(|statement| statement.field == field);
    statements.map(|statement| statement.text.as_str()).collect()
}

const ALWAYS: [(Field, &str); 9] = [
    (Field::InvoiceNumber, "RE-2024-0117"),
    (Field::OrderNumber, "B-2024-77"),
    (Field::SupplierName, "Werkzeug Muster GmbH"),
    (Field::SupplierVatId, "DE123456788"),
    (Field::CustomerName, "Kunden & Söhne AG"),
    (Field::TotalNet, "470.00"),
    (Field::TotalTax, "56.30"),
    (Field::TotalGross, "526.30"),
    (Field::AmountDue, "500.00"),
];

fn check(invoice: &ElectronicInvoice, expected: &[(Field, &str)]) {
    for (field, text) in expected {
        assert_eq!(stated(invoice, *field), [*text], "{field} of {:?}", invoice.specification);
    }
}

#[test]
fn every_profile_of_cii_states_what_it_admits() {
    for profile in CiiProfile::ALL {
        let invoice = invoice(&e_invoices::cii(profile));
        assert_eq!(invoice.syntax, InvoiceSyntax::Cii);
        assert_eq!(invoice.specification.as_deref(), Some(profile.specification()));
        assert_eq!(
            (invoice.type_code.as_deref(), invoice.seller_country.as_deref()),
            (Some("380"), Some("DE"))
        );
        check(&invoice, &ALWAYS);
        check(&invoice, &[(Field::InvoiceDate, "20240314"), (Field::SupplierOrgNumber, "HRB 4711")]);
        let with_terms = profile >= CiiProfile::BasicWl;
        for (field, text, has) in [
            (Field::DueDate, "20240413", with_terms),
            (Field::DeliveryDate, "20240312", with_terms),
            (Field::CustomerNumber, "K-4711", with_terms),
            (Field::PaymentReference, "RE-2024-0117", with_terms),
            (Field::SupplierIban, "DE89370400440532013000", with_terms),
            (Field::SupplierBic, "COBADEFFXXX", profile >= CiiProfile::En16931),
        ] {
            assert_eq!(
                stated(&invoice, field),
                if has { vec![text] } else { vec![] },
                "{field} of {profile:?}"
            );
        }
        assert_eq!(invoice.tax.len(), if with_terms { 2 } else { 0 });
        assert_eq!(invoice.allowances.as_deref(), with_terms.then_some("4.00"));
        let lines = if profile >= CiiProfile::Basic { 2 } else { 0 };
        assert_eq!((invoice.lines.len(), invoice.line_count), (lines, lines as u32), "{profile:?}");
    }
}

#[test]
fn lines_and_taxes_are_stated_whole() {
    for (xml, rate) in [
        (e_invoices::cii(CiiProfile::Extended), "19.00"),
        (e_invoices::ubl_invoice(), "19"),
        (e_invoices::ubl_credit_note(), "19"),
    ] {
        let invoice = invoice(&xml);
        let line = &invoice.lines[0];
        let texts = [
            &line.code,
            &line.description,
            &line.unit,
            &line.price,
            &line.price_base,
            &line.net,
            &line.tax_rate,
        ];
        let expected = ["TB-A4", "Trennblätter A4", "C62", "1990.00", "100", "199.00", rate];
        assert_eq!(texts.map(Option::as_deref), expected.map(Some));
        assert!(line.quantity.as_deref().is_some_and(|quantity| quantity.starts_with("10")));
        let text = |text: &str| Some(text.to_owned());
        let tax =
            StatedTax { category: text("S"), rate: text(rate), net: text("195.00"), tax: text("37.05") };
        assert_eq!(invoice.tax[0], tax);
    }
}

#[test]
fn the_older_form_of_zugferd_states_the_same() {
    let invoice = invoice(&e_invoices::zugferd_1());
    check(&invoice, &ALWAYS);
    check(
        &invoice,
        &[
            (Field::DueDate, "20240413"),
            (Field::CustomerNumber, "K-4711"),
            (Field::SupplierBic, "COBADEFFXXX"),
        ],
    );
    assert_eq!((invoice.lines.len(), invoice.tax.len()), (2, 2));
    assert_eq!(invoice.tax[1].rate.as_deref(), Some("7.00"));
    assert_eq!(invoice.lines[1].tax_rate.as_deref(), Some("7.00"));
}

#[test]
fn ubl_invoices_and_credit_notes_state_their_terms() {
    for (xml, kind) in [(e_invoices::ubl_invoice(), "380"), (e_invoices::ubl_credit_note(), "381")] {
        let invoice = invoice(&xml);
        assert_eq!((invoice.syntax, invoice.type_code.as_deref()), (InvoiceSyntax::Ubl, Some(kind)));
        check(&invoice, &ALWAYS);
        check(
            &invoice,
            &[
                (Field::InvoiceDate, "2024-03-14"),
                (Field::DeliveryDate, "2024-03-12"),
                (Field::CustomerNumber, "K-4711"),
                (Field::SupplierIban, "DE89370400440532013000"),
                (Field::SupplierBic, "COBADEFFXXX"),
                (Field::PaymentReference, "RE-2024-0117"),
            ],
        );
        assert_eq!((invoice.lines.len(), invoice.tax.len()), (2, 2));
    }
    let unnamed =
        e_invoices::ubl_credit_note().replace("<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>", "");
    assert!(invoice(&unnamed).is_credit_note && !invoice(&e_invoices::ubl_invoice()).is_credit_note);
}

#[test]
fn national_accounts_and_references_come_under_their_own_fields() {
    let swedish = invoice(&e_invoices::swedish_ubl());
    check(
        &swedish,
        &[(Field::Bankgiro, "50501055"), (Field::Plusgiro, "9019506"), (Field::PaymentReference, "12344")],
    );
    assert_eq!(stated(&swedish, Field::SupplierBic), [] as [&str; 0]);
    let norwegian = invoice(&e_invoices::norwegian_ubl());
    check(
        &norwegian,
        &[
            (Field::AccountNumber, "86011117947"),
            (Field::Kid, "1234567897"),
            (Field::PaymentReference, "1234567897"),
        ],
    );
    for xml in [e_invoices::danish_ubl(), e_invoices::oioubl()] {
        let danish = invoice(&xml);
        check(
            &danish,
            &[(Field::Fik, "+71<123456789012347+12345678<"), (Field::PaymentReference, "123456789012347")],
        );
        assert_eq!(stated(&danish, Field::AccountNumber), [] as [&str; 0]);
    }
}

#[test]
fn an_invoice_is_recognised_by_its_namespace_in_any_encoding_and_with_any_prefix() {
    let xml = e_invoices::cii(CiiProfile::Minimum);
    let renamed = xml.replace("rsm:", "x:").replace(":rsm=", ":x=");
    assert_eq!(read(renamed.as_bytes()), read(xml.as_bytes()));
    let utf_16: Vec<u8> =
        std::iter::once(0xfeff).chain(xml.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    assert_eq!(read(&utf_16), read(xml.as_bytes()));
    let order = xml.replace("CrossIndustryInvoice", "SCRDMCCBDACIOMessageStructure");
    let Err(Unread::Foreign(found)) = read(order.as_bytes()) else { panic!("an order is no invoice") };
    assert!(found.contains("SCRDMCCBDACIOMessageStructure"), "{found}");
    assert!(matches!(read(b"<html/>"), Err(Unread::Foreign(_))));
    assert!(matches!(read(b"<a><b></a>"), Err(Unread::Broken(_))));
}

#[test]
fn entities_depth_and_numbers_are_bounded() {
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbbbbbb\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>";
    let external = "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><a>&b;</a>";
    for text in [bomb, external] {
        let Err(Unread::Broken(reason)) = read(text.as_bytes()) else { panic!("{text}") };
        assert!(reason.contains("document type definition"), "{reason}");
    }
    let deep = "<a>".repeat(200_000) + &"</a>".repeat(200_000);
    assert!(read(deep.as_bytes()).is_err());
    let wide = format!("<a>{}</a>", "<b/>".repeat(MAX_NODES as usize));
    let Err(Unread::Broken(reason)) = read(wide.as_bytes()) else { panic!("too many elements") };
    assert!(reason.contains("elements"), "{reason}");
    assert!(read(&vec![b'<'; MAX_XML_BYTES + 1]).is_err());
    let line = "<cac:InvoiceLine><cbc:LineExtensionAmount>1</cbc:LineExtensionAmount></cac:InvoiceLine>"
        .repeat(6000);
    let long = invoice(&e_invoices::ubl_invoice().replace("</Invoice>", &format!("{line}</Invoice>")));
    assert_eq!((long.lines.len(), long.line_count), (5000, 6002));
}

#[test]
fn what_belongs_to_the_payer_or_to_the_branch_is_no_bank_of_the_sellers() {
    let account = "<cac:PayeeFinancialAccount><cbc:ID>12345678</cbc:ID><cac:FinancialInstitutionBranch><cbc:ID>0040</cbc:ID></cac:FinancialInstitutionBranch></cac:PayeeFinancialAccount>";
    let mandate = "<cac:PaymentMandate><cac:PayerFinancialAccount><cbc:ID>DE21860000000086001055</cbc:ID></cac:PayerFinancialAccount></cac:PaymentMandate>";
    let means = format!("<cac:PaymentMeans>{account}{mandate}</cac:PaymentMeans></Invoice>");
    let domestic = invoice(&e_invoices::ubl_invoice().replace("</Invoice>", &means));
    check(&domestic, &[(Field::AccountNumber, "0040 12345678"), (Field::SupplierBic, "COBADEFFXXX")]);
    assert_eq!(domestic.payer_accounts, ["DE21860000000086001055"]);
    let debtor = "<ram:PayerPartyDebtorFinancialAccount><ram:IBANID>DE21860000000086001055</ram:IBANID></ram:PayerPartyDebtorFinancialAccount><ram:PayeePartyCreditorFinancialAccount>";
    let debit =
        e_invoices::cii(CiiProfile::En16931).replace("<ram:PayeePartyCreditorFinancialAccount>", debtor);
    assert_eq!(invoice(&debit).payer_accounts, ["DE21860000000086001055"]);
}

#[test]
fn an_amount_in_another_currency_is_not_taken_for_one_in_this() {
    let ubl = e_invoices::ubl_invoice().replace(
        "<cbc:TaxInclusiveAmount currencyID=\"EUR\">",
        "<cbc:TaxInclusiveAmount currencyID=\"USD\">",
    );
    assert_eq!(stated(&invoice(&ubl), Field::TotalGross), ["526.30 USD"]);
    let cii = e_invoices::cii(CiiProfile::Basic);
    let only_accounting =
        cii.replace("<ram:TaxTotalAmount currencyID=\"EUR\">56.30</ram:TaxTotalAmount>", "");
    assert_eq!(stated(&invoice(&only_accounting), Field::TotalTax), [] as [&str; 0]);
}

#[test]
fn elements_of_other_namespaces_do_not_count() {
    let xml = e_invoices::ubl_invoice().replacen(
        "<cbc:ID>RE-2024-0117",
        "<x:ID xmlns:x=\"urn:else\">X</x:ID><cbc:ID>RE-2024-0117",
        1,
    );
    check(&invoice(&xml), &[(Field::InvoiceNumber, "RE-2024-0117")]);
    let root =
        e_invoices::cii(CiiProfile::Basic).replace("rsm:CrossIndustryInvoice", "rsm:CrossIndustryOrder");
    assert!(matches!(read(root.as_bytes()), Err(Unread::Foreign(_))));
    let note = "<cac:InvoiceLine><cbc:ID>3</cbc:ID><cac:Item><cbc:Name>Thank you</cbc:Name></cac:Item></cac:InvoiceLine></Invoice>";
    assert_eq!(invoice(&e_invoices::ubl_invoice().replace("</Invoice>", note)).line_count, 2);
}

#[test]
fn schemes_of_numbers_are_stated() {
    let xml = e_invoices::ubl_invoice()
        .replace("<cbc:CompanyID>HRB 4711", "<cbc:CompanyID schemeID=\"0060\">HRB 4711");
    let invoice = invoice(&xml);
    let number = invoice.statements.iter().find(|statement| statement.field == Field::SupplierOrgNumber);
    assert_eq!(number.unwrap().scheme.as_deref(), Some("0060"));
}

#[test]
fn of_several_e_invoices_the_one_with_the_standards_name_comes_first() {
    let mut found = FoundInvoices::default();
    let xml = e_invoices::cii(CiiProfile::Basic).into_bytes();
    for name in ["a.xml", "Factur-X.xml", "b.xml"] {
        found.look_at(name, |_| Some(xml.clone()));
    }
    found.look_at("large.xml", |_| None);
    let found = found.in_order();
    let names: Vec<_> = found.read.iter().map(|invoice| invoice.attachment.as_deref().unwrap()).collect();
    assert_eq!(names, ["Factur-X.xml", "a.xml", "b.xml"]);
    assert!(found.broken[0].contains("large.xml"), "{:?}", found.broken);
}
