//! Terms of payment, filled in.

use crate::locale::Locale;
use crate::random::Dice;

/// Terms of payment in the locale's language: its patterns with the days and the percentage of a
/// discount filled in.
pub(super) fn payment_terms(locale: Locale, days: i64, dice: &mut Dice) -> String {
    let pattern = dice.word(&locale.lexicon().payment_terms);
    let percent = dice.pick(["2", "3", "1", "2,5"]);
    // Of two `%` the first is the number and the second the sign; a single one is the number.
    let text = pattern.replacen('%', percent, 1).replace('#', &days.max(1).to_string());
    if dice.chance(0.05) { text.to_uppercase() } else { text }
}
