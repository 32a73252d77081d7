//! Periods of service: runs of words with a first and a last day.

mod wording;

use crate::reading::candidates::{Candidates, Contender};
use crate::reading::choice::{Choice, Chosen};
use crate::reading::derived;
use crate::reading::evidence::{PageEvidence, Span};
use crate::reading::mentions::Mention;
use wording::{is_month, period_of, two_days};

use crate::detection::SpanClass;
use crate::field::Field;
use crate::values::{Date, FieldValue, Notation};

/// A first and a last day, and their words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Period {
    pub start: Date,
    pub end: Date,
    /// Whether the days are not printed: a month means its first and last day.
    pub by_month: bool,
    pub words: Span,
}

const FIELDS: [Field; 2] = [Field::ServiceStart, Field::ServiceEnd];

/// The periods that contain words detected as a first or a last day, or that a caption of theirs
/// names.
pub(super) fn periods_on(page: &PageEvidence, notation: &Notation) -> Vec<Period> {
    let mut periods: Vec<Period> = Vec::new();
    for field in FIELDS {
        let values = page.spans(SpanClass::Value(field)).filter(|span| span.score >= 0.1);
        let starts = values.flat_map(|span| {
            let before = span.words.first().into_iter().flat_map(|first| page.before(*first).take(5));
            let own = span.words.first().copied();
            before.chain(own).map(|start| (start, span.clone())).collect::<Vec<_>>()
        });
        let captions = page.spans(SpanClass::Caption(field)).filter(|span| span.score >= 0.5);
        let named = captions.flat_map(|caption| {
            let beside = caption.words.last().and_then(|last| page.next(*last));
            let below = caption.words.first().and_then(|first| page.line_below(*first, 1.0));
            let doubted = Span { words: Vec::new(), score: 0.6 * caption.score, ..caption.clone() };
            beside.into_iter().chain(below).map(|start| (start, doubted.clone())).collect::<Vec<_>>()
        });
        let found = starts.chain(named).filter_map(|(start, seed)| period_from(page, start, &seed, notation));
        periods.extend(found);
    }
    // The longest run of words that is a period is the most specific.
    periods.sort_by_key(|period| std::cmp::Reverse(period.words.words.len()));
    let mut kept: Vec<Period> = Vec::new();
    for period in periods {
        let rival = kept.iter_mut().find(|other| overlap(&other.words.words, &period.words.words));
        match rival {
            Some(rival) => rival.words.score = rival.words.score.max(period.words.score),
            None => kept.push(period),
        }
    }
    kept
}

fn overlap(one: &[usize], other: &[usize]) -> bool {
    one.iter().any(|word| other.contains(word))
}

/// The shortest run of words from this one on that is a period and contains the detected words.
fn period_from(page: &PageEvidence, start: usize, seed: &Span, notation: &Notation) -> Option<Period> {
    let begins =
        page.text(start).starts_with(|letter: char| letter.is_ascii_digit()) || is_month(page.text(start));
    if !begins {
        return None;
    }
    let mut words = vec![start];
    for next in std::iter::once(None).chain(page.after(start).take(9).map(Some)) {
        if let Some(next) = next {
            if words.last().is_some_and(|last| page.gap(*last, next) > 2.2) {
                break;
            }
            words.push(next);
        }
        let holds = seed.words.is_empty() || overlap(&words, &seed.words);
        let text = page.joined(&words);
        if let Some((start, end, by_month)) = period_of(&text, notation).filter(|_| holds) {
            let more = page.after(*words.last()?).next();
            // "1 mars - 31 mars" continues with its year.
            let goes_on = by_month && more.is_some_and(|more| is_more(page, &words, more, notation));
            if !goes_on {
                let words = Span { words, ..seed.clone() };
                return Some(Period { start, end, by_month, words });
            }
        }
    }
    None
}

/// Whether a month is only the start of a longer period.
fn is_more(page: &PageEvidence, words: &[usize], more: usize, notation: &Notation) -> bool {
    let rest: Vec<usize> = std::iter::once(more).chain(page.after(more).take(6)).collect();
    (1..=rest.len()).any(|length| {
        let run: Vec<usize> = words.iter().chain(rest.iter().take(length)).copied().collect();
        two_days(&page.joined(&run), notation).is_some_and(|(start, end)| start <= end)
    })
}

/// The first or the last day of each printed period, as mentions of its field.
pub(super) fn mentions_in(page: &PageEvidence, field: Field, periods: &[Period]) -> Vec<Mention> {
    let day = |period: &Period| if field == Field::ServiceStart { period.start } else { period.end };
    let printed = periods.iter().filter(|period| !period.by_month);
    printed
        .map(|period| Mention {
            value: FieldValue::Date(day(period)),
            raw: page.joined(&period.words.words),
            score: period.words.score,
            place: page.place(&period.words.words),
            caption: None,
            checks: Vec::new(),
            reasons: vec![
                format!("the detector's score is {:.2}", period.words.score),
                "it is one end of a printed period".to_owned(),
            ],
        })
        .collect()
}

/// Whether a span is inside a printed period, which is more specific than its part.
pub(super) fn covers(periods: &[Period], span: &Span) -> bool {
    periods.iter().any(|period| overlap(&period.words.words, &span.words))
}

/// Minimum score of a chosen day.
const MIN_SCORE: f32 = 0.15;

/// Orders the first and last day, and without printed days uses those of a printed month.
pub(super) fn settle(
    pages: &[PageEvidence],
    notation: &Notation,
    candidates: &Candidates,
    choice: &mut Choice,
) {
    order(candidates, choice);
    let has_day = |choice: &Choice, field| {
        choice.get(&field).is_some_and(|chosen: &Chosen| chosen.candidate.score >= MIN_SCORE)
    };
    if FIELDS.iter().any(|field| has_day(choice, *field)) {
        return;
    }
    let months = pages.iter().flat_map(|page| {
        let periods = periods_on(page, notation).into_iter().filter(|period| period.by_month);
        periods.map(move |period| (page, period)).collect::<Vec<_>>()
    });
    let best = months.max_by(|(_, one), (_, other)| one.words.score.total_cmp(&other.words.score));
    let Some((page, period)) = best.filter(|(_, period)| period.words.score >= 0.3) else { return };
    for (field, day) in [(Field::ServiceStart, period.start), (Field::ServiceEnd, period.end)] {
        let reason = format!("the month that is named: {}", page.joined(&period.words.words));
        let mut chosen = derived::derived(FieldValue::Date(day), 0.8 * period.words.score, &reason);
        chosen.candidate.place = page.place(&period.words.words);
        choice.insert(field, chosen);
    }
}

/// A period does not end before it starts: chooses the most likely pair in order, or only the more
/// likely day.
fn order(candidates: &Candidates, choice: &mut Choice) {
    let day =
        |choice: &Choice, field| choice.get(&field).and_then(|chosen: &Chosen| chosen.candidate.value.date());
    let (Some(start), Some(end)) = (day(choice, Field::ServiceStart), day(choice, Field::ServiceEnd)) else {
        return;
    };
    if start <= end {
        return;
    }
    let of = |field: Field| candidates.get(&field).into_iter().flatten();
    let pairs = of(Field::ServiceStart).flat_map(|start| of(Field::ServiceEnd).map(move |end| (start, end)));
    let best = pairs
        .filter(|(start, end)| start.candidate.value.date() <= end.candidate.value.date())
        .max_by(|one, other| product(one).total_cmp(&product(other)));
    let score = |field| choice.get(&field).map_or(0.0, |chosen: &Chosen| chosen.candidate.score);
    let current = score(Field::ServiceStart) * score(Field::ServiceEnd);
    if let Some((start, end)) = best.filter(|pair| product(pair) > 0.2 * current) {
        choice.insert(Field::ServiceStart, Chosen::of(start));
        choice.insert(Field::ServiceEnd, Chosen::of(end));
    } else {
        let weaker = if score(Field::ServiceStart) < score(Field::ServiceEnd) { 0 } else { 1 };
        FIELDS.get(weaker).map(|field| choice.remove(field));
    }
}

fn product(pair: &(&Contender, &Contender)) -> f32 {
    pair.0.candidate.score * pair.1.candidate.score
}
