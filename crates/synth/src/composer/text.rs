//! Text without information: words, headings and sentences with some capitals, so that neither a
//! rare word nor a capital indicates a name.

use super::Composer;
use crate::parties::{capitalised, company_name, invented_word, person_name};

impl Composer {
    /// Ordinary words of the language, sometimes an invented one.
    pub(crate) fn filler(&mut self, words: usize) -> String {
        let text: Vec<String> = (0..words).map(|_| self.filler_word()).collect();
        text.join(" ")
    }

    fn filler_word(&mut self) -> String {
        if self.dice.chance(0.06) {
            invented_word(&mut self.dice)
        } else {
            self.dice.word(&self.lexicon.vocabulary).to_owned()
        }
    }

    /// One to four words as a heading: all in capitals, each capitalised, or only the first.
    pub(crate) fn heading(&mut self) -> String {
        let words = self.dice.count(1, 4);
        let text = if self.dice.chance(0.25) {
            self.dice.word(&self.lexicon.trades).to_owned()
        } else {
            self.filler(words)
        };
        match self.dice.count(0, 3) {
            0 => text.to_uppercase(),
            1 => in_title_case(&text),
            2 => text,
            _ => capitalised(&text),
        }
    }

    /// Sentences of ordinary words, with capitals and names as in real ones.
    pub(crate) fn free_text(&mut self, words: usize) -> String {
        let nouns = if self.facts.locale.language() == "de" { 0.35 } else { 0.05 };
        let shouts = self.dice.chance(0.06);
        let mut text: Vec<String> = Vec::new();
        let mut starts = true;
        for _ in 0..words {
            let word = match self.dice.count(0, 79) {
                0 => person_name(self.facts.locale.home_lexicon(), &mut self.dice),
                1 => company_name(self.facts.locale.home_lexicon(), &mut self.dice).0,
                2 => self.dice.word(&self.lexicon.cities).to_owned(),
                3 => self.dice.word(&self.lexicon.months).to_owned(),
                4 => self.dice.whole(1, 400).to_string(),
                5 => self.filler_word().to_uppercase(),
                _ => self.filler_word(),
            };
            let word = if starts || self.dice.chance(nouns) { capitalised(&word) } else { word };
            starts = self.dice.chance(0.12);
            text.push(match (starts, self.dice.chance(0.06)) {
                (true, _) => format!("{word}{}", self.dice.pick([".", ".", ".", "!", ":", "?"])),
                (false, true) => format!("{word},"),
                (false, false) => word,
            });
        }
        let text = text.join(" ");
        if shouts { text.to_uppercase() } else { text }
    }
}

/// Every word capitalised.
fn in_title_case(text: &str) -> String {
    text.split(' ').map(capitalised).collect::<Vec<_>>().join(" ")
}
