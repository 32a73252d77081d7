//! A document's notation of numbers and dates, as far as it is known.

use super::{CountryCode, Date, DateOrder, DecimalMark, Money, ParseValueError, read_dates, read_money};

/// The conventions of a whole document for its numbers and dates.
///
/// ```
/// use fieldmark_domain::values::{DateOrder, DecimalMark, Notation};
///
/// let american = Notation {
///     decimal: Some(DecimalMark::Point),
///     date_order: Some(DateOrder::MonthDayYear),
///     country: None,
/// };
/// assert_eq!(american.money("1.234")?.to_string(), "1.234");
/// assert_eq!(american.date("03/04/2024")?.to_string(), "2024-03-04");
/// let unknown = Notation::default();
/// assert_eq!(unknown.money("1.234")?.to_string(), "1234.00");
/// assert_eq!(unknown.date("03/04/2024")?.to_string(), "2024-04-03");
/// # Ok::<(), fieldmark_domain::values::ParseValueError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Notation {
    /// The decimal mark; `None` when unknown.
    pub decimal: Option<DecimalMark>,
    /// The order of numeric dates; `None` when unknown.
    pub date_order: Option<DateOrder>,
    /// The country of numbers without a country prefix.
    pub country: Option<CountryCode>,
}

impl Notation {
    /// Parses an amount by this notation; without a decimal mark the most common interpretation is
    /// used.
    ///
    /// # Errors
    /// [`ParseValueError`] when the text is not an amount.
    pub fn money(&self, text: &str) -> Result<Money, ParseValueError> {
        let readings = read_money(text);
        readings
            .iter()
            .find(|reading| self.decimal.is_some() && reading.decimal == self.decimal)
            .or_else(|| readings.first())
            .map(|reading| reading.amount)
            .ok_or_else(|| ParseValueError::new(text, "an amount of money"))
    }

    /// Parses a date by this notation; without a date order the most common interpretation is used.
    ///
    /// # Errors
    /// [`ParseValueError`] when the text contains no date.
    pub fn date(&self, text: &str) -> Result<Date, ParseValueError> {
        let readings = read_dates(text);
        readings
            .iter()
            .find(|reading| self.date_order.is_some() && reading.order == self.date_order)
            .or_else(|| readings.last().filter(|last| last.order.is_none() && self.is_croatian()))
            .or_else(|| readings.first())
            .map(|reading| reading.date)
            .ok_or_else(|| ParseValueError::new(text, "a date"))
    }

    /// Some Croatian names of months mean other months in Poland and Czechia.
    fn is_croatian(&self) -> bool {
        self.country.is_some_and(|country| country.as_str() == "HR")
    }
}
