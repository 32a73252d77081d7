//! Distinguishes the supplier's name from the customer's.

use super::evidence::{PageEvidence, Span};
use super::mentions::Mention;
use crate::detection::SpanClass;
use crate::field::Field;
use crate::values::{FieldValue, Name, is_legal_form};

/// The names in web and mail addresses, in lower case, without their top-level domain.
pub(super) fn domains(pages: &[PageEvidence]) -> Vec<String> {
    let words = pages.iter().flat_map(|page| &page.page.words);
    words.filter_map(|word| domain_in(&word.text.to_lowercase())).collect()
}

pub(super) fn domain_in(word: &str) -> Option<String> {
    const PUBLIC_PROVIDERS: [&str; 9] =
        ["gmail", "hotmail", "outlook", "yahoo", "icloud", "telia", "live", "gmx", "protonmail"];
    let host = word
        .split_once('@')
        .map(|(_, host)| host)
        .or_else(|| word.find("www.").and_then(|at| word.get(at + 4..)))
        .or_else(|| word.split_once("://").map(|(_, host)| host))?;
    let host = host.split('/').next()?.trim_matches(|letter: char| !letter.is_alphanumeric());
    let (name, _) = host.rsplit_once('.')?;
    let name: String = name.rsplit('.').next()?.chars().filter(|letter| letter.is_alphanumeric()).collect();
    (name.chars().count() > 2 && !PUBLIC_PROVIDERS.contains(&name.as_str())).then_some(name)
}

/// Weighs a name by its words, the classes of its surroundings, and the document's own addresses.
pub(super) fn weigh_name(
    page: &PageEvidence,
    span: &Span,
    field: Field,
    domains: &[String],
    mention: &mut Mention,
) {
    let FieldValue::Name(name) = &mention.value else { return };
    let name = name.clone();
    weigh_context(page, span, field, mention);
    weigh_other_parties(page, span, field, mention);
    weigh_wording(&name, mention);
    if resembles(&name, domains) {
        if field == Field::SupplierName {
            mention.raise(0.3, "a web or mail address of the document resembles it");
        } else {
            mention.lower(0.85, "a web or mail address of the document resembles it");
        }
    }
}

/// An address of the same party below or next to the name, or its caption, raises the score.
fn weigh_context(page: &PageEvidence, span: &Span, field: Field, mention: &mut Mention) {
    let (address, caption) = if field == Field::SupplierName {
        (SpanClass::Value(Field::SupplierAddress), SpanClass::SupplierCaption)
    } else {
        (SpanClass::Value(Field::CustomerAddress), SpanClass::CustomerCaption)
    };
    let surroundings = Surroundings::of(page, span);
    let support = surroundings.address(address).max(0.7 * surroundings.caption(caption));
    mention.score *= 0.4f32.mul_add(support, 0.6);
    if support > 0.3 {
        mention.reasons.push("the party's address or caption stands beside it".to_owned());
    }
    let other =
        surroundings.address(SpanClass::OtherAddress).max(surroundings.caption(SpanClass::OtherPartyCaption));
    if other > 0.5 && other > support {
        mention.lower(0.6, "another party's address or caption stands beside it");
    }
}

/// The surroundings of a span, measured in the span's heights.
struct Surroundings<'a, 'b> {
    page: &'a PageEvidence<'b>,
    line: u32,
    left: f32,
    top: f32,
    right: f32,
    height: f32,
}

impl<'a, 'b> Surroundings<'a, 'b> {
    fn of(page: &'a PageEvidence<'b>, span: &Span) -> Self {
        let first = page.placed(span.words.first().copied().unwrap_or(usize::MAX));
        let last = page.placed(span.words.last().copied().unwrap_or(usize::MAX));
        // A large letterhead has its address in small print, at the same distance in points.
        let height = first.height().max(page.layout.typical_height);
        Self { page, line: first.line, left: first.left, top: first.top, right: last.right, height }
    }

    /// The highest score of an address class to the right in the line or within five lines below.
    fn address(&self, class: SpanClass) -> f32 {
        self.best(class, |words, place| {
            let below = place.top - self.top;
            let beside = words == self.line
                && place.left >= self.right
                && place.left - self.right < 12.0 * self.height;
            let under = (0.5 * self.height..5.2 * self.height).contains(&below)
                && place.left < self.right + 4.0 * self.height
                && place.right > self.left - 2.0 * self.height;
            beside || under
        })
    }

    /// The highest score of a caption class to the left in the line or in the two lines above.
    fn caption(&self, class: SpanClass) -> f32 {
        self.best(class, |line, place| {
            let above = self.top - place.top;
            let beside =
                line == self.line && place.right <= self.left && self.left - place.right < 8.0 * self.height;
            let over = (0.5 * self.height..2.8 * self.height).contains(&above)
                && place.left < self.right
                && place.right > self.left - self.height;
            beside || over
        })
    }

    fn best(&self, class: SpanClass, near: impl Fn(u32, &crate::layout::PlacedWord) -> bool) -> f32 {
        self.page
            .spans(class)
            .filter(|span| {
                span.words.iter().any(|word| {
                    let place = self.page.placed(*word);
                    near(place.line, &place)
                })
            })
            .map(|span| span.score)
            .fold(0.0, f32::max)
    }
}

/// Lowers the score if the same words are another party's name.
fn weigh_other_parties(page: &PageEvidence, span: &Span, field: Field, mention: &mut Mention) {
    let own = page.mean_score(&span.words, SpanClass::Value(field));
    let other = if field == Field::SupplierName { Field::CustomerName } else { Field::SupplierName };
    let rivals = [SpanClass::Value(other), SpanClass::OtherPartyName];
    if rivals.iter().any(|rival| page.mean_score(&span.words, *rival) > own) {
        mention.lower(0.5, "the detector takes it for another party's name");
    }
}

fn weigh_wording(name: &Name, mention: &mut Mention) {
    let words: Vec<&str> = name.as_str().split(' ').filter(|word| word.chars().count() > 1).collect();
    let small = words.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
    if name.has_legal_form() || words.first().is_some_and(|word| words.len() > 1 && is_legal_form(word)) {
        mention.raise(0.25, "it has a legal form");
    } else if small * 5 > words.len() * 2 {
        mention.lower(0.5, "most of its words are not capitalised");
    }
    if words.len() > 8 {
        mention.lower(0.6, "it has many words");
    }
}

/// Whether a word of the name, or its first words joined, is part of one of the domains.
pub(super) fn resembles(name: &Name, domains: &[String]) -> bool {
    let words: Vec<String> =
        name.as_str().split(' ').filter(|word| !is_legal_form(word)).map(plain).collect();
    let joined = words.concat();
    let begins = |domain: &String| {
        let start: String = joined.chars().take(12).collect();
        start.chars().count() > 3 && domain.starts_with(&start)
            || (domain.chars().count() > 3 && joined.starts_with(domain.as_str()))
    };
    let contains =
        |domain: &String| words.iter().any(|word| word.chars().count() > 3 && domain.contains(word.as_str()));
    domains.iter().any(|domain| begins(domain) || contains(domain))
}

/// Lower case without accents, as domains are written.
fn plain(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    word.nfd().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}
