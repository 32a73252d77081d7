//! Any text as a date: what is read prints as a date that reads back as itself and as nothing else.
#![no_main]

use fieldmark_domain::values::{DateOrder, DateReading, Notation, read_dates};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let readings = read_dates(text);
    for reading in &readings {
        assert!((1970..2070).contains(&reading.date.year()), "{reading:?}");
        let printed = reading.date.to_string();
        assert_eq!(read_dates(&printed), [DateReading { date: reading.date, order: None }]);
    }
    let orders = [DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::YearMonthDay];
    for date_order in orders.into_iter().map(Some).chain([None]) {
        let chosen = Notation { date_order, ..Notation::default() }.date(text).ok();
        assert_eq!(chosen.is_some(), !readings.is_empty());
        assert!(chosen.is_none_or(|date| readings.iter().any(|reading| reading.date == date)));
    }
});
