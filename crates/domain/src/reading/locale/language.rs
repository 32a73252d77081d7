//! The language of a document, by its function words and captions.

use super::Votes;
use crate::reading::evidence::PageEvidence;

/// Words that occur in one language but not, or rarely, in its neighbours; and captions of only
/// that language.
const WORDS: [(&str, &str); 13] = [
    (
        "sv",
        "och för med inte att är av från till vid på som den ska efter förfallodatum fakturadatum fakturanummer \
            fakturanr betala moms summa bankgiro belopp kund antal benämning org.nr oss er ert vår dröjsmålsränta",
    ),
    (
        "nb",
        "og ikke av fra til ved på som etter forfallsdato forfall kontonummer mva beløp betale antall beskrivelse \
            fakturadato kundenr org.nr vår deres foretaksregisteret merverdiavgift kid enhetspris",
    ),
    (
        "da",
        "og ikke af fra til ved på som efter forfaldsdato betales cvr moms beløb antal beskrivelse fakturadato \
            kundenr venligst vores deres konto kontonr ialt reg.nr cvr-nr levering rettidig",
    ),
    (
        "fi",
        "ja ei on tai lasku laskun eräpäivä viitenumero y-tunnus yhteensä maksettava alv asiakas tilinumero summa \
            päivämäärä määrä yksikköhinta veroton kpl puh saaja viite",
    ),
    (
        "de",
        "und der die das nicht mit für von zu bei auf ist ihre wir sie zum zur rechnung rechnungsnummer betrag mwst \
            ust steuer datum menge preis kundennummer bitte zahlbar ohne netto gesamtbetrag",
    ),
    (
        "nl",
        "en het een niet van voor met op bij uw wij zijn naar factuur factuurnummer factuurdatum btw bedrag aantal \
            omschrijving prijs klantnummer vervaldatum totaal excl gelieve te",
    ),
    (
        "fr",
        "et le la les des du de pour avec sur par au aux est vous nous votre facture tva montant ht ttc quantité \
            désignation échéance règlement client prix siret net",
    ),
    (
        "es",
        "y el la los las de del para con por en su factura iva importe fecha cantidad descripción vencimiento \
            cliente nif cif base imponible pago forma precio",
    ),
    (
        "it",
        "e il lo la gli di del della per con su fattura iva importo data quantità descrizione scadenza cliente \
            partita imponibile totale pagamento prezzo codice fiscale",
    ),
    (
        "pl",
        "i oraz w na do z dla nie faktura vat kwota data ilość nazwa termin płatności sprzedawca nabywca razem \
            brutto netto nip cena wartość zapłaty słownie",
    ),
    (
        "pt",
        "e o os as do da dos das para com por em fatura factura iva valor data quantidade descrição vencimento \
            cliente nif contribuinte total preço pagamento",
    ),
    (
        "cs",
        "a v na s z do pro není faktura dph částka datum množství popis splatnosti dodavatel odběratel celkem cena \
            ič dič variabilní symbol vystavení úhrady",
    ),
    (
        "en",
        "the and of to for with not is are your our you we from by on please invoice due date amount total tax vat \
            quantity description price payment bill number customer",
    ),
];

/// The language with the most words on the pages, with at least three.
pub(super) fn language_of(pages: &[PageEvidence]) -> Option<&'static str> {
    let mut votes = Votes::new();
    for page in pages {
        for word in &page.page.words {
            let plain = word.text.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
            if plain.is_empty() || plain.chars().all(|letter| letter.is_ascii_digit()) {
                continue;
            }
            for (language, words) in WORDS {
                if words.split_ascii_whitespace().any(|known| known == plain) {
                    // Many languages share short words; few share long ones.
                    votes.add(language, if plain.chars().count() <= 2 { 0.5 } else { 1.0 });
                }
            }
        }
    }
    votes.winner().filter(|(_, weight, _)| *weight >= 2.5).map(|(language, ..)| language)
}

/// A supported language, by its code.
pub(crate) fn known_language(code: &str) -> Option<&'static str> {
    WORDS.iter().map(|(language, _)| *language).find(|language| *language == code)
}
