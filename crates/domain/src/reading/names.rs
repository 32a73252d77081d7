//! Finds the start and end of a party's name: the legal form, the gap, the line and the height are
//! better evidence than the detector's classes of single words.

use super::evidence::{PageEvidence, Span};
use super::spans::cut_at_gaps;
use crate::detection::SpanClass;
use crate::field::Field;
use crate::layout::PlacedWord;
use crate::values::is_legal_form;

/// Maximum gap between words of one name, in heights.
const MAX_WORD_GAP: f32 = 1.15;
const MAX_WORDS: usize = 9;

/// The names in a span of words, each with its ends completed.
pub(super) fn names_in(page: &PageEvidence, span: &Span, field: Field) -> Vec<Span> {
    cut_at_gaps(page, span, 1.7)
        .into_iter()
        .filter_map(|part| trimmed(page, part))
        .map(|part| without_repetition(page, extended(page, part, field)))
        .flat_map(|part| wholes(page, part, field))
        .map(|whole| match whole.words.len() {
            0..=MAX_WORDS => whole,
            _ => Span { words: end_of_sentence(page, &whole.words), ..whole },
        })
        .collect()
}

/// A name with its parts in adjacent lines. A part that cannot be a name by itself is dropped.
fn wholes(page: &PageEvidence, part: Span, field: Field) -> Vec<Span> {
    if let Some(whole) = begun_above(page, &part) {
        return vec![whole];
    }
    let is_cut = part.words.last().is_some_and(|last| is_unfinished(page.text(*last)));
    match continued(page, &part, field) {
        Some(whole) if is_cut => vec![whole],
        Some(whole) => vec![whole, part],
        None => vec![part],
    }
}

/// The name with the line below it, if that continues the name: it has the legal form that the
/// first line lacks, or the detector assigns it to the same party's name.
fn continued(page: &PageEvidence, span: &Span, field: Field) -> Option<Span> {
    let (&first, &last) = (span.words.first()?, span.words.last()?);
    let has_form = span.words.iter().skip(1).any(|word| is_legal_form(page.text(*word)));
    let below = page.line_below(first, 0.6)?;
    let alike = (page.placed(first).height() - page.placed(below).height()).abs()
        <= 0.12 * page.placed(first).height();
    let asked_for = is_unfinished(page.text(last));
    let goes_on = asked_for || is_unfinished(page.text(below));
    if has_form || !alike || ends_a_name(page.text(last)) || (!goes_on && had_room(page, last, below)) {
        return None;
    }
    let mut line = vec![below];
    for word in page.after(below) {
        let near = line.last().is_some_and(|last| page.gap(*last, word) <= MAX_WORD_GAP);
        let ended = line.last().is_some_and(|last| is_legal_form(page.text(*last)));
        let goes_on = !ended || is_legal_form(page.text(word)) || is_after_form(page.text(word));
        if !near || !goes_on || line.len() > 6 {
            break;
        }
        line.push(word);
    }
    let class = SpanClass::Value(field);
    let named = page.mean_score(&line, class);
    let form_ends = line.iter().any(|word| is_legal_form(page.text(*word)));
    let only_form =
        line.iter().all(|word| is_legal_form(page.text(*word)) || is_after_form(page.text(*word)));
    let plain =
        line.iter().all(|word| !page.text(*word).contains(['@', ':']) && digits_in(page.text(*word)) < 3);
    (plain && (only_form || asked_for || (form_ends && named >= 0.04) || named >= 0.4)).then(|| Span {
        words: span.words.iter().chain(&line).copied().collect(),
        page: span.page,
        score: 0.05f32.mul_add(1.0 - span.score.max(named), span.score.max(named)),
    })
}

/// Whether the first word of the next line would have fitted at the end of the line above: then the
/// line was ended deliberately, and the next line is something else. The other lines of the block
/// show how wide its lines may be.
fn had_room(page: &PageEvidence, last: usize, below: usize) -> bool {
    let Some(block) = page.block(below).filter(|block| block.words.contains(&last)) else { return false };
    let (end, next) = (page.placed(last), page.placed(below));
    let is_of_column = |word: &PlacedWord| {
        (-0.5 * end.height()..8.0 * end.height()).contains(&(word.top - end.top))
            && word.left >= next.left - 0.5 * end.height()
            && word.left < end.right + 12.0 * end.height()
    };
    let lines = block.words.iter().map(|word| page.placed(*word)).filter(is_of_column);
    let widest = lines.map(|word| word.right).fold(0.0, f32::max);
    end.right + 0.3 * end.height() + (next.right - next.left) < widest - 0.5 * end.height()
}

/// The name with the line above it, if that ends in the middle of a name ("Gärten & Höfe in" above
/// "Neustadt GmbH") or this name starts there.
fn begun_above(page: &PageEvidence, span: &Span) -> Option<Span> {
    let mut words = span.words.clone();
    while let Some(left) = words.first().and_then(|first| {
        page.previous(*first).filter(|left| is_alike(page, *left, *first, *left) && is_free(page, *left))
    }) {
        words.insert(0, left);
    }
    let &first = words.first()?;
    let above = page.line_above(first, 1.2)?;
    let (height, height_above) = (page.placed(first).height(), page.placed(above).height());
    let mut line = vec![above];
    for word in page.after(above) {
        if line.last().is_some_and(|last| page.gap(*last, word) > MAX_WORD_GAP) || line.len() > MAX_WORDS {
            break;
        }
        line.push(word);
    }
    let plain = line.iter().all(|word| is_free(page, *word) && digits_in(page.text(*word)) < 3);
    let has_form = line.iter().skip(1).any(|word| is_legal_form(page.text(*word)));
    let broken = line.last().is_some_and(|last| is_unfinished(page.text(*last)))
        || (is_unfinished(page.text(first)) && !has_form);
    let alike = (height - height_above).abs() <= 0.12 * height;
    (alike && plain && broken && starts_with_capital(page.text(above))).then(|| Span {
        words: line.into_iter().chain(words).collect(),
        page: span.page,
        score: 0.05f32.mul_add(1.0 - span.score, span.score),
    })
}

/// Words that cannot end a name, or start one: `&`, and small words in lower case.
pub(super) fn is_unfinished(text: &str) -> bool {
    let is_little = (1..=3).contains(&text.chars().count()) && text.chars().all(char::is_lowercase);
    matches!(text, "&" | "+" | "och" | "und") || (is_little && !is_legal_form(text))
}

fn digits_in(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// Words that follow a legal form and belong to it.
fn is_after_form(text: &str) -> bool {
    matches!(text, "&" | "Co." | "Co" | "(publ)" | "publ" | "(haftungsbeschränkt)" | "haftungsbeschränkt")
}

/// The span without marks and captions at its ends.
fn trimmed(page: &PageEvidence, mut span: Span) -> Option<Span> {
    if span.words.len() > MAX_WORDS {
        span.words = end_of_sentence(page, &span.words);
    }
    while span.words.last().is_some_and(|word| is_delimiter(page.text(*word))) {
        span.words.pop();
    }
    while span
        .words
        .first()
        .is_some_and(|word| is_delimiter(page.text(*word)) || page.text(*word).ends_with(':'))
    {
        span.words.remove(0);
    }
    (!span.words.is_empty()).then_some(span)
}

/// For a sentence that ends with a name, the name: the capitalised words after the last one that is
/// not.
fn end_of_sentence(page: &PageEvidence, words: &[usize]) -> Vec<usize> {
    let is_named = |word: &usize| {
        let text = page.text(*word);
        (starts_with_capital(text) && !ends_a_name(text)) || matches!(text, "&" | "+")
    };
    let (last, before) = words.split_last().map_or((None, words), |(last, before)| (Some(*last), before));
    let start = before.iter().rposition(|word| !is_named(word)).map_or(0, |at| at + 1);
    before.get(start..).unwrap_or_default().iter().copied().chain(last).collect()
}

fn is_delimiter(text: &str) -> bool {
    !text.contains(char::is_alphanumeric) && !matches!(text, "&" | "+")
}

fn extended(page: &PageEvidence, mut span: Span, field: Field) -> Span {
    let before = span.words.clone();
    while let Some((first, left)) =
        span.words.first().and_then(|first| Some((*first, page.previous(*first)?)))
    {
        if span.words.len() >= MAX_WORDS || !may_begin(page, left, first) {
            break;
        }
        span.words.insert(0, left);
    }
    while let Some((last, right)) = span.words.last().and_then(|last| Some((*last, page.next(*last)?))) {
        if span.words.len() >= MAX_WORDS || !may_go_on(page, &span, last, right) {
            break;
        }
        span.words.push(right);
    }
    if span.words != before {
        span.score = 0.5f32.mul_add(
            span.score,
            0.5 * page.mean_score(&span.words, SpanClass::Value(field)).max(span.score * 0.8),
        );
    }
    span
}

/// The conditions of both directions for a word next to a name: close, of equal height, not a
/// number, a mark or another field's word.
fn is_alike(page: &PageEvidence, left: usize, right: usize, candidate: usize) -> bool {
    let (a, b) = (page.placed(left).height(), page.placed(right).height());
    let text = page.text(candidate);
    page.gap(left, right) <= MAX_WORD_GAP
        && (a - b).abs() <= 0.25 * a.max(b)
        && digits_in(text) < 3
        && !text.contains(['@', '€', '$', '|', '•'])
        && !text.ends_with(':')
        && !is_delimiter(text)
}

/// The detector's highest score for a party's name on a word.
fn name_score(page: &PageEvidence, word: usize) -> f32 {
    [SpanClass::Value(Field::SupplierName), SpanClass::Value(Field::CustomerName), SpanClass::OtherPartyName]
        .into_iter()
        .map(|class| page.score(word, class))
        .sum()
}

fn is_free(page: &PageEvidence, word: usize) -> bool {
    page.best_class(word).is_none_or(|(class, _)| {
        matches!(
            class,
            SpanClass::Value(Field::SupplierName | Field::CustomerName) | SpanClass::OtherPartyName
        )
    })
}

fn may_begin(page: &PageEvidence, left: usize, first: usize) -> bool {
    let text = page.text(left);
    if is_alike(page, left, first, left)
        && is_form_that_follows(page.text(first))
        && starts_with_capital(text)
    {
        // Such a form follows a name, whatever class that has.
        return true;
    }
    if !is_alike(page, left, first, left) || !is_free(page, left) || ends_a_name(text) {
        return false;
    }
    name_score(page, left) >= 0.08 || (starts_with_capital(text) && all_capitalised_before(page, left))
}

/// Legal forms that cannot start a name.
fn is_form_that_follows(text: &str) -> bool {
    matches!(
        text,
        "AG" | "GmbH"
            | "Ltd"
            | "Ltd."
            | "LLC"
            | "Inc."
            | "Inc"
            | "B.V."
            | "BV"
            | "A/S"
            | "Oy"
            | "ApS"
            | "S.p.A."
    )
}

/// Words that start a name and are not a name by themselves, also in capitals.
fn is_article(text: &str) -> bool {
    let lower = text.to_lowercase();
    matches!(
        lower.as_str(),
        "le" | "la"
            | "les"
            | "the"
            | "der"
            | "die"
            | "das"
            | "el"
            | "los"
            | "las"
            | "il"
            | "lo"
            | "den"
            | "det"
            | "het"
    )
}

/// In a sentence the words before a name start with lower-case letters; in a heading they belong to
/// it.
fn all_capitalised_before(page: &PageEvidence, word: usize) -> bool {
    let mut right = word;
    for left in page.before(word) {
        if page.gap(left, right) > MAX_WORD_GAP {
            break;
        }
        if !starts_with_capital(page.text(left)) || !is_free(page, left) {
            return false;
        }
        right = left;
    }
    true
}

fn may_go_on(page: &PageEvidence, span: &Span, last: usize, right: usize) -> bool {
    let (before, text) = (page.text(last), page.text(right));
    if !is_alike(page, last, right, right) {
        return false;
    }
    if span.words.len() == 1 && is_article(before) && text.contains(char::is_alphabetic) {
        return true;
    }
    let is_form = is_legal_form(text) && text.chars().count() > 1;
    if span.words.len() > 1 && is_legal_form(before) {
        let surely = page.best_class(right).is_some() && name_score(page, right) >= 0.3;
        return is_form || is_after_form(text) || (surely && is_free(page, right));
    }
    if is_form {
        return page.best_class(right).is_none_or(|(_, score)| score < 0.8) || is_free(page, right);
    }
    if !is_free(page, right) || ends_a_name(before) {
        return false;
    }
    let form_follows = page
        .next(right)
        .is_some_and(|next| is_legal_form(page.text(next)) && is_alike(page, right, next, next));
    // "Val | de Loire": small words join the words on both sides.
    let joins = is_unfinished(text)
        && page.next(right).is_some_and(|next| {
            is_alike(page, right, next, next) && is_free(page, next) && starts_with_capital(page.text(next))
        });
    name_score(page, right) >= 0.08 || is_unfinished(before) || joins || form_follows
}

/// A comma or a full stop after a whole word ends the previous text.
fn ends_a_name(text: &str) -> bool {
    text.ends_with([',', ';']) || (text.ends_with('.') && text.chars().count() > 4 && !is_legal_form(text))
}

fn starts_with_capital(text: &str) -> bool {
    text.chars()
        .find(|letter| letter.is_alphanumeric())
        .is_some_and(|letter| letter.is_uppercase() || letter.is_ascii_digit())
}

/// A name that is printed twice in a row is one name.
fn without_repetition(page: &PageEvidence, mut span: Span) -> Span {
    let half = span.words.len() / 2;
    if half > 0 && span.words.len().is_multiple_of(2) {
        let (first, second) = span.words.split_at(half);
        if page.joined(first).to_lowercase() == page.joined(second).to_lowercase() {
            span.words.truncate(half);
        }
    }
    span
}
