//! Pages built from character records, without files.

use super::*;

const FRAME: PageFrame = PageFrame {
    shown: Edges { left: 0.0, right: 400.0, low: 0.0, high: 600.0 },
    turns: QuarterTurns::new(0),
};

/// A character of 10 points whose baseline begins at (left, 500).
fn character(code: u32, left: f32) -> Character {
    Character {
        code,
        tight: Some(Edges { left, right: left + 5.0, low: 500.0, high: 507.0 }),
        loose: Edges { left, right: left + 5.0, low: 498.0, high: 509.0 },
        direction: Some((1.0, 0.0)),
        font_size: 10.0,
        paint: Paint::Visible,
    }
}

fn line(codes: &[u32], left: f32) -> Vec<Character> {
    codes.iter().enumerate().map(|(index, &code)| character(code, left + 5.0 * index as f32)).collect()
}

fn written(text: &str, left: f32) -> Vec<Character> {
    line(&text.chars().map(u32::from).collect::<Vec<_>>(), left)
}

fn texts(characters: &[Character]) -> Vec<String> {
    read(characters, FRAME).words.into_iter().map(|word| word.text).collect()
}

#[test]
fn codes_become_words() {
    let hyphen = line(&[0x49, 0x4E, 0x56, 0x2], 50.0);
    let pair = vec![character(0xD835, 100.0), character(0xDFD9, 100.0), character(0xD835, 105.0)];
    let unknown = line(&[0x41, 0xE010, 0x3], 150.0);
    let ligature = line(&[0xFB01, 0x6E], 200.0);
    let spaced = line(&[0x61, 0x20, 0x62, 0xA0, 0x63], 250.0);
    let all = [hyphen, pair, unknown, ligature, spaced].concat();
    assert_eq!(texts(&all), ["INV-", "1\u{FFFD}", "A\u{FFFD}\u{FFFD}", "fin", "a", "b", "c"]);
}

#[test]
fn a_ligature_of_two_equal_letters_keeps_both_and_its_word() {
    let mut office = written("O", 50.0);
    office.extend([character(0x66, 55.0), character(0x66, 55.0), character(0x69, 55.0)]);
    office.extend(written("ce", 60.0));
    assert_eq!(texts(&office), ["Office"]);
}

#[test]
fn room_that_unseen_characters_take_is_no_gap() {
    assert_eq!(texts(&line(&[0x61, 0x200B, 0x62, 0x200B], 50.0)), ["ab"]);
    assert!(texts(&line(&[0x200B, 0x200B], 50.0)).is_empty());
}

#[test]
fn invisible_text_is_left_out() {
    let beside = written("beside", 420.0);
    let mut hidden = written("hidden", 100.0);
    hidden.iter_mut().for_each(|character| character.paint = Paint::Hidden);
    let flat: Vec<Character> = written("flat", 200.0)
        .into_iter()
        .map(|character| Character {
            tight: None,
            loose: Edges { high: 498.0, ..character.loose },
            ..character
        })
        .collect();
    assert_eq!(texts(&[beside, hidden, flat, written("seen", 50.0)].concat()), ["seen"]);
}

#[test]
fn a_shadow_is_no_second_word() {
    let shadow: Vec<Character> = written("1100", 50.6);
    assert_eq!(texts(&[written("1100", 50.0), shadow].concat()), ["1100"]);
    assert_eq!(texts(&[written("1100", 50.0), written("1100", 150.0)].concat()), ["1100", "1100"]);
}

#[test]
fn invisible_text_counts_when_there_is_next_to_no_other() {
    let mut recognised = written("recognised", 50.0);
    recognised.iter_mut().for_each(|character| character.paint = Paint::Invisible);
    let page = read(&[recognised.clone(), written("p", 200.0)].concat(), FRAME);
    assert!(page.is_invisible);
    assert_eq!(page.words.len(), 2);
    let page = read(&[recognised, written("printed", 200.0)].concat(), FRAME);
    assert!(!page.is_invisible);
    assert_eq!(page.words.len(), 1);
}

#[test]
fn a_font_that_lies_about_its_height_gets_a_usual_one() {
    let lying: Vec<Character> = written("tall", 50.0)
        .into_iter()
        .map(|character| Character {
            loose: Edges { low: 300.0, high: 900.0, ..character.loose },
            ..character
        })
        .collect();
    let bounds = read(&lying, FRAME).words[0].bounds;
    let (top, bottom) = (bounds.top * 600.0, bounds.bottom() * 600.0);
    assert!((top - 91.0).abs() < 0.1 && (bottom - 102.2).abs() < 0.1, "{top} to {bottom}");
}

#[test]
fn words_come_line_by_line_whatever_was_drawn_first() {
    let lower: Vec<Character> = written("lower", 50.0)
        .into_iter()
        .map(|mut character| {
            character.loose.low -= 50.0;
            character.loose.high -= 50.0;
            character.tight = character.tight.map(|tight| Edges {
                low: tight.low - 50.0,
                high: tight.high - 50.0,
                ..tight
            });
            character
        })
        .collect();
    assert_eq!(
        texts(&[lower, written("right", 200.0), written("left", 50.0)].concat()),
        ["left", "right", "lower"]
    );
}

#[test]
fn numbers_that_are_none_lead_to_no_word() {
    let broken = Character {
        loose: Edges { left: f32::NAN, ..Edges::default() },
        tight: None,
        ..character(0x61, 50.0)
    };
    assert!(texts(&[broken]).is_empty());
}

#[test]
fn an_invalid_font_size_is_replaced_by_the_characters_height() {
    for font_size in [f32::INFINITY, f32::NAN, -10.0, 0.0] {
        for tight in [None, character(0x61, 50.0).tight] {
            let odd = Character { font_size, tight, ..character(0x61, 50.0) };
            let words = read(&[odd], FRAME).words;
            let sizes: Vec<f32> = words.iter().map(|word| word.font_size.round()).collect();
            assert_eq!(sizes, [11.0], "{odd:?}");
        }
    }
}
