//! The direction of a page's text. Text in another direction than most of the page is excluded:
//! supplier's details along the margin, a watermark across the page.

use super::character::{Character, Paint};
use super::page_frame::{PageFrame, QuarterTurns};

/// Maximum slope of a line that counts as level: the tangent of about ten degrees.
const MAX_SLANT: f32 = 0.18;

/// How many quarter turns make a character level on the page as shown; `None` when it slants, and
/// for a character that pdfium inserted.
pub fn turns_to_level(character: &Character, frame: &PageFrame) -> Option<QuarterTurns> {
    let direction = frame.turns.turn(character.direction?);
    (0..4).map(QuarterTurns::new).find(|turns| {
        let (x, y) = turns.turn(direction);
        x > 0.0 && y.abs() <= MAX_SLANT * x
    })
}

/// The turns that make most of a page's text level: none unless more than half of the text is
/// rotated by 90, 180 or 270 degrees.
pub fn turns_of_text(characters: &[Character], frame: &PageFrame) -> QuarterTurns {
    let mut counts = [0_usize; 4];
    let mut total = 0;
    let drawn = |character: &&Character| character.paint != Paint::Hidden && character.tight.is_some();
    for character in characters.iter().filter(drawn) {
        total += 1;
        if let Some(turns) = turns_to_level(character, frame)
            && let Some(count) = counts.get_mut(usize::from(turns.steps()))
        {
            *count += 1;
        }
    }
    let most = (1..4_u8).find(|&steps| counts.get(usize::from(steps)).is_some_and(|count| count * 2 > total));
    QuarterTurns::new(most.unwrap_or(0))
}
