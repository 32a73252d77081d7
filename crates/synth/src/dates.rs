//! The date formats of invoices.

use jiff::civil::Date;

use crate::lexicon::Lexicon;
use crate::random::Dice;

/// A date format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateStyle {
    /// 2024-03-05
    Iso,
    /// 24-03-05
    IsoShort,
    /// 20240305
    Compact,
    /// 2024/03/05
    SlashYear,
    /// 05.03.2024
    DotPadded,
    /// 5.3.2024
    Dot,
    /// 05.03.24
    DotShort,
    /// 05/03/2024
    Slash,
    /// 5/3/2024
    SlashPlain,
    /// 05/03/24
    SlashShort,
    /// 05-03-2024
    Dash,
    /// 05-03-24
    DashShort,
    /// 05-Mar-2024
    DashMonth,
    /// 03/05/2024
    SlashAmerican,
    /// 3/5/2024
    SlashAmericanPlain,
    /// March 5, 2024
    LongAmerican,
    /// Mar 05, 2024
    MediumAmerican,
    /// 5 March 2024, as the language writes it
    Long,
    /// 05 Mar 2024
    Medium,
}

impl DateStyle {
    /// The date in this format, with the lexicon's names of months.
    pub(crate) fn write(self, date: Date, lexicon: &Lexicon, dice: &mut Dice) -> String {
        let (year, month, day) = (date.year(), date.month(), date.day());
        let short_year = year.rem_euclid(100);
        match self {
            Self::Iso => format!("{year}-{month:02}-{day:02}"),
            Self::IsoShort => format!("{short_year:02}-{month:02}-{day:02}"),
            Self::Compact => format!("{year}{month:02}{day:02}"),
            Self::SlashYear => format!("{year}/{month:02}/{day:02}"),
            Self::DotPadded => format!("{day:02}.{month:02}.{year}"),
            Self::Dot => format!("{day}.{month}.{year}"),
            Self::DotShort => format!("{day:02}.{month:02}.{short_year:02}"),
            Self::Slash => format!("{day:02}/{month:02}/{year}"),
            Self::SlashPlain => format!("{day}/{month}/{year}"),
            Self::SlashShort => format!("{day:02}/{month:02}/{short_year:02}"),
            Self::Dash => format!("{day:02}-{month:02}-{year}"),
            Self::DashShort => format!("{day:02}-{month:02}-{short_year:02}"),
            Self::DashMonth => format!("{day:02}-{}-{year}", short_month(date, lexicon)),
            Self::SlashAmerican => format!("{month:02}/{day:02}/{year}"),
            Self::SlashAmericanPlain => format!("{month}/{day}/{year}"),
            Self::LongAmerican => format!("{} {day}, {year}", long_month(date, lexicon)),
            Self::MediumAmerican => format!("{} {day:02}, {year}", short_month(date, lexicon)),
            Self::Medium => format!("{day:02} {} {year}", short_month(date, lexicon)),
            Self::Long => long(date, lexicon, dice),
        }
    }
}

fn long(date: Date, lexicon: &Lexicon, dice: &mut Dice) -> String {
    let (year, day, month) = (date.year(), date.day(), long_month(date, lexicon));
    match lexicon.code.get(..2).unwrap_or("en") {
        "de" | "da" | "nb" | "fi" | "cs" => format!("{day}. {month} {year}"),
        "es" | "pt" => format!("{day} de {month} de {year}"),
        "fr" if day == 1 => format!("1er {month} {year}"),
        "en" if dice.chance(0.12) => format!("{day}{} {month} {year}", ordinal_ending(day)),
        "sv" if dice.chance(0.1) => format!("den {day} {month} {year}"),
        _ => format!("{day} {month} {year}"),
    }
}

fn ordinal_ending(day: i8) -> &'static str {
    match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}

fn long_month(date: Date, lexicon: &Lexicon) -> &str {
    month_of(&lexicon.months, date)
}

fn short_month(date: Date, lexicon: &Lexicon) -> &str {
    month_of(&lexicon.month_abbreviations, date)
}

fn month_of(names: &[String], date: Date) -> &str {
    let index = usize::try_from(date.month() - 1).unwrap_or_default();
    names.get(index).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_write_what_their_names_say() {
        let lexicon = Lexicon::of("en").unwrap();
        let date = jiff::civil::date(2024, 3, 5);
        let write = |style: DateStyle| style.write(date, lexicon, &mut Dice::new(1, 1));
        assert_eq!(write(DateStyle::Iso), "2024-03-05");
        assert_eq!(write(DateStyle::Dot), "5.3.2024");
        assert_eq!(write(DateStyle::SlashAmerican), "03/05/2024");
        assert_eq!(write(DateStyle::LongAmerican), "March 5, 2024");
        assert_eq!(write(DateStyle::DotShort), "05.03.24");
    }
}
