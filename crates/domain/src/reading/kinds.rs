//! The kind of a document: by the detector's scores for its pages, by the signs of its amounts, and
//! if the detector has no scores, by its title.

use super::evidence::PageEvidence;
use crate::detection::{Detection, SpanClass};
use crate::extraction::DocumentKind;
use crate::field::Field;
use crate::label::Label;
use rust_decimal::Decimal;

/// The weight of a page after the first one, which may be an appendix.
const LATER_PAGE_WEIGHT: f32 = 0.3;
/// Maximum confidence.
const MAX_CONFIDENCE: f32 = 0.99;
/// How much negative amounts increase the probability of a credit note; most credit notes have
/// them.
const NEGATIVE_FACTOR: f32 = 6.0;
/// How much positive amounts lower it; some credit notes print refunds without a sign.
const POSITIVE_FACTOR: f32 = 0.5;

/// The kind of a document, and its probability, 0..0.99; `None` when unknown.
pub(super) fn kind_of(
    pages: &[PageEvidence],
    detections: &[Vec<Detection>],
    labels: &[Label],
) -> Option<(DocumentKind, f32)> {
    let seen = seen(detections);
    let scores = if seen.iter().any(|(_, score)| *score > 0.0) { seen } else { by_title(pages) };
    let known: f32 = scores.iter().map(|(_, score)| score).sum();
    let sign = sign(labels);
    if known <= 0.0 {
        return (sign == Some(Sign::Below)).then_some((DocumentKind::CreditNote, 0.6));
    }
    let weighed = scores.map(|(kind, score)| {
        let factor = match (kind, sign) {
            (DocumentKind::CreditNote, Some(Sign::Below)) => NEGATIVE_FACTOR,
            (DocumentKind::CreditNote, Some(Sign::Above)) => POSITIVE_FACTOR,
            _ => 1.0,
        };
        (kind, score * factor)
    });
    // Probability that the scores do not assign stays unassigned.
    let all = weighed.iter().map(|(_, score)| score).sum::<f32>() + (1.0 - known).max(0.0);
    let best = weighed.into_iter().reduce(|best, other| if other.1 > best.1 { other } else { best })?;
    Some((best.0, (best.1 / all.max(f32::EPSILON)).min(MAX_CONFIDENCE)))
}

type Scores = [(DocumentKind, f32); DocumentKind::ALL.len()];

/// The detector's scores, averaged over all pages.
fn seen(detections: &[Vec<Detection>]) -> Scores {
    let pages = detections.iter().enumerate().filter(|(_, page)| kinds_on(page).next().is_some());
    let weighed: Vec<(f32, &Vec<Detection>)> =
        pages.map(|(index, page)| (if index == 0 { 1.0 } else { LATER_PAGE_WEIGHT }, page)).collect();
    let weight: f32 = weighed.iter().map(|(weight, _)| weight).sum();
    DocumentKind::ALL.map(|kind| {
        let score = |(weight, page): &(f32, &Vec<Detection>)| {
            let scores = kinds_on(page).filter(|(of, _)| *of == kind).map(|(_, score)| score);
            weight * scores.fold(0.0, f32::max)
        };
        (kind, weighed.iter().map(score).sum::<f32>() / weight.max(f32::EPSILON))
    })
}

fn kinds_on(page: &[Detection]) -> impl Iterator<Item = (DocumentKind, f32)> {
    page.iter().filter_map(|detection| match detection.class {
        SpanClass::Document(kind) if detection.score.is_finite() => {
            Some((kind, detection.score.clamp(0.0, 1.0)))
        }
        _ => None,
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Above,
    Below,
}

/// The sign of the total, or of the amount due without a total.
fn sign(labels: &[Label]) -> Option<Sign> {
    let amount = |field| {
        let label = labels.iter().find(|label| label.field == field && label.confidence >= 0.5)?;
        label.value.money().map(|money| money.amount()).filter(|amount| !amount.is_zero())
    };
    let total = amount(Field::TotalGross).or_else(|| amount(Field::AmountDue))?;
    Some(if total < Decimal::ZERO { Sign::Below } else { Sign::Above })
}

/// Titles in lower case; words are separated by a single space.
const TITLES: [(DocumentKind, &[&str]); 6] = [
    (
        DocumentKind::CreditNote,
        &[
            "kreditfaktura",
            "kreditnota",
            "kreditnotaer",
            "kreditering",
            "hyvityslasku",
            "gutschrift",
            "rechnungskorrektur",
            "stornorechnung",
            "creditnota",
            "creditfactuur",
            "avoir",
            "abono",
            "faktura korygująca",
            "dobropis",
            "credit note",
            "credit memo",
            "facture d'avoir",
        ],
    ),
    (
        DocumentKind::Reminder,
        &[
            "påminnelse",
            "betalningspåminnelse",
            "kravbrev",
            "inkassokrav",
            "purring",
            "betalingspåminnelse",
            "inkassovarsel",
            "rykker",
            "rykkerskrivelse",
            "betalingspåmindelse",
            "maksumuistutus",
            "maksukehotus",
            "mahnung",
            "zahlungserinnerung",
            "betalingsherinnering",
            "herinnering",
            "aanmaning",
            "sollecito",
            "wezwanie",
            "upomínka",
            "reminder",
            "payment reminder",
            "lettre de relance",
            "rappel de paiement",
            "recordatorio de pago",
        ],
    ),
    (
        DocumentKind::Receipt,
        &[
            "kvitto",
            "kassakvitto",
            "kvittering",
            "kuitti",
            "quittung",
            "kassenbon",
            "kassabon",
            "reçu",
            "ticket de caisse",
            "ricevuta",
            "scontrino",
            "paragon",
            "účtenka",
            "receipt",
        ],
    ),
    (
        DocumentKind::Statement,
        &[
            "kontoutdrag",
            "kontoutskrift",
            "kontoudtog",
            "kontoauszug",
            "saldobesked",
            "rekeningoverzicht",
            "tiliote",
            "statement",
            "relevé de compte",
            "estratto conto",
            "account statement",
            "statement of account",
        ],
    ),
    (
        DocumentKind::OrderConfirmation,
        &[
            "orderbekräftelse",
            "ordererkännande",
            "ordrebekreftelse",
            "ordrebekræftelse",
            "tilausvahvistus",
            "auftragsbestätigung",
            "bestellbestätigung",
            "orderbevestiging",
            "opdrachtbevestiging",
            "confirmation de commande",
            "conferma d'ordine",
            "confirmación de pedido",
            "order confirmation",
            "potvrzení objednávky",
            "potwierdzenie zamówienia",
            "confirmação de encomenda",
        ],
    ),
    (
        DocumentKind::Invoice,
        &[
            "faktura",
            "lasku",
            "rechnung",
            "factuur",
            "facture",
            "factura",
            "fattura",
            "fatura",
            "invoice",
            "tax invoice",
            "vat invoice",
            "räkning",
        ],
    ),
];

/// The largest title of the first page; among equals the topmost.
fn by_title(pages: &[PageEvidence]) -> Scores {
    let titles = pages.first().into_iter().flat_map(|page| {
        page.layout
            .reading_order()
            .filter_map(move |word| Some((page.placed(word).height(), title_at(page, word)?)))
    });
    let usual = pages.first().map_or(1.0, |page| page.layout.typical_height);
    let best = titles.reduce(|best, other| if other.0 > 1.1 * best.0 { other } else { best });
    DocumentKind::ALL.map(|kind| match best {
        Some((height, of)) if of == kind => (kind, if height > 1.2 * usual { 0.75 } else { 0.55 }),
        _ => (kind, 0.0),
    })
}

fn title_at(page: &PageEvidence, word: usize) -> Option<DocumentKind> {
    let plain = |text: &str| text.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    let run: Vec<String> =
        std::iter::once(word).chain(page.after(word)).take(3).map(|word| plain(page.text(word))).collect();
    let begins = |title: &str| {
        let mut words = title.split(' ').enumerate();
        words.all(|(index, word)| run.get(index).is_some_and(|printed| printed == word))
    };
    TITLES.iter().find(|(_, titles)| titles.iter().any(|title| begins(title))).map(|(kind, _)| *kind)
}
