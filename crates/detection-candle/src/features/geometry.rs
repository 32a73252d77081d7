//! The geometry of a word: its position on the page, in its line, in its run of close words, and
//! among the words that are printed more than once.

use std::collections::HashMap;

use fieldmark_domain::layout::{PageLayout, PlacedWord};
use fieldmark_domain::page::{PageSize, Word};

/// Number of geometry values of a word.
pub const GEOMETRY: usize = 24;

/// A gap wider than this many typical heights ends a run of close words.
const RUN_GAP: f32 = 1.2;
/// The gap, in typical heights, that means "no neighbour".
const NO_GAP: f32 = 20.0;

/// A word's position in its run.
#[derive(Clone, Copy, Default)]
struct InRun {
    length: usize,
    position: usize,
    repeated: usize,
    starts_with_caption: bool,
}

/// The data from which the geometry of all words of a page is computed.
pub struct PageGeometry<'a> {
    layout: &'a PageLayout,
    size: PageSize,
    content: (f32, f32),
    runs: Vec<InRun>,
    mentions: Vec<usize>,
    in_domain: Vec<bool>,
}

impl<'a> PageGeometry<'a> {
    pub fn of(words: &[Word], layout: &'a PageLayout, size: PageSize) -> Self {
        let cores: Vec<String> = words.iter().map(|word| core(&word.text)).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for core in &cores {
            *counts.entry(core).or_default() += 1;
        }
        let domains: Vec<String> = words.iter().filter_map(|word| domain_of(&word.text)).collect();
        let named = |core: &String| {
            let head: String = core.chars().take(14).collect();
            core.chars().count() > 3 && domains.iter().any(|domain| domain.contains(&head))
        };
        let top = layout.words.iter().map(|word| word.top).fold(f32::INFINITY, f32::min);
        let bottom = layout.words.iter().map(|word| word.bottom).fold(0.0, f32::max);
        Self {
            layout,
            size,
            content: (top, (bottom - top).max(1.0)),
            runs: runs(words, &cores, layout),
            mentions: cores.iter().map(|core| counts.get(core.as_str()).copied().unwrap_or(1)).collect(),
            in_domain: cores.iter().map(named).collect(),
        }
    }

    /// The geometry of the word with this index on the page.
    pub fn of_word(&self, index: usize) -> [f32; GEOMETRY] {
        let Some((word, neighbours)) = self.layout.words.get(index).zip(self.layout.neighbours.get(index))
        else {
            return [0.0; GEOMETRY];
        };
        let (width, height) = (self.size.width_pt, self.size.height_pt);
        let typical = self.layout.typical_height;
        let gap = |gap: Option<f32>| gap.map_or(NO_GAP, |gap| (gap / typical).clamp(-2.0, NO_GAP)) / 10.0;
        let gap_before = neighbours.left.and_then(|left| self.layout.gap_after(left));
        let run = self.runs.get(index).copied().unwrap_or_default();
        let mentions = self.mentions.get(index).copied().unwrap_or(1) as f32;
        let on = |test: bool| if test { 1.0 } else { 0.0 };
        [
            share(word.left, width),
            share(word.top, height),
            share(word.right, width),
            share(word.bottom, height),
            share(word.right - word.left, width),
            (word.height() / height * 20.0).min(4.0),
            (word.height() / typical).ln().clamp(-1.5, 1.5),
            gap(gap_before),
            gap(self.layout.gap_after(index)),
            on(neighbours.left.is_none()),
            on(neighbours.right.is_none()),
            self.depth(word),
            word.line as f32 / self.layout.lines.len().max(1) as f32,
            on(neighbours.above.is_none()),
            on(neighbours.below.is_none()),
            self.layout.words.len().min(600) as f32 / 300.0,
            mentions.ln().min(3.0) / 2.0,
            on(self.in_domain.get(index).copied().unwrap_or(false)),
            run.length.min(12) as f32 / 12.0,
            run.position.min(12) as f32 / 12.0,
            on(run.position == 0),
            on(run.position + 1 == run.length),
            (run.repeated as f32).max(1.0).ln().min(2.0),
            on(run.starts_with_caption),
        ]
    }

    /// The vertical position within the printed part of the page, 0..1.
    fn depth(&self, word: &PlacedWord) -> f32 {
        ((word.middle() - self.content.0) / self.content.1).clamp(0.0, 1.0)
    }
}

fn share(part: f32, whole: f32) -> f32 {
    (part / whole).clamp(-0.5, 1.5)
}

/// Letters and digits, lower case.
fn core(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The domain in a web or e-mail address: `acme` of `info@acme.example` and of `www.acme.example`.
fn domain_of(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let host = match lower.rsplit_once('@') {
        Some((_, host)) => host.to_owned(),
        None if lower.starts_with("www.") || lower.starts_with("http") => {
            let host = lower.trim_start_matches("https").trim_start_matches("http").trim_start_matches("://");
            host.trim_start_matches("www.").split('/').next().unwrap_or_default().to_owned()
        }
        None => return None,
    };
    let (name, _) = host.trim_end_matches(|c: char| !c.is_alphanumeric()).rsplit_once('.')?;
    Some(core(name))
}

/// Cuts every line at its wide gaps, and counts how often the first three words of each run start a
/// run.
fn runs(words: &[Word], cores: &[String], layout: &PageLayout) -> Vec<InRun> {
    let mut cut: Vec<Vec<usize>> = Vec::new();
    for line in &layout.lines {
        let mut run: Vec<usize> = Vec::new();
        for &index in line {
            run.push(index);
            if layout.gap_after(index).is_none_or(|gap| gap > RUN_GAP * layout.typical_height) {
                cut.push(std::mem::take(&mut run));
            }
        }
    }
    let head = |run: &[usize]| -> String {
        run.iter().take(3).filter_map(|index| cores.get(*index)).cloned().collect::<Vec<_>>().join(" ")
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for run in &cut {
        *counts.entry(head(run)).or_default() += 1;
    }
    let mut of_word = vec![InRun::default(); words.len()];
    for run in &cut {
        let repeated = counts.get(&head(run)).copied().unwrap_or(1);
        let starts_with_caption =
            run.first().and_then(|index| words.get(*index)).is_some_and(|word| word.text.contains(':'));
        for (position, &index) in run.iter().enumerate() {
            if let Some(slot) = of_word.get_mut(index) {
                *slot = InRun { length: run.len(), position, repeated, starts_with_caption };
            }
        }
    }
    of_word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_in_an_address() {
        assert_eq!(domain_of("info@nord-bygg.example").as_deref(), Some("nordbygg"));
        assert_eq!(domain_of("https://www.nordbygg.example/kontakt").as_deref(), Some("nordbygg"));
        assert_eq!(domain_of("nordbygg.example"), None);
    }
}
