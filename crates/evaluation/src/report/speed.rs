//! How long reading takes, and what it is done with.

use fieldmark_report::TimingReport;

use super::markdown::Table;
use crate::evaluation::Evaluation;
use crate::readings::Readings;

/// A row for each set: the middle one of the documents' times for a page, in milliseconds.
pub fn table(all: &Evaluation<'_, '_>) -> String {
    let mut table = Table::new(&[
        "set",
        "pages",
        "bytes to words, ms",
        "words to spans, ms",
        "spans to values, ms",
        "all, ms",
    ]);
    for (name, set) in all.grouped(|row| row.set.as_deref()) {
        let mut pages = 0;
        let mut times: Vec<TimingReport> = Vec::new();
        for reading in set.documents.iter().filter_map(|document| document.reading) {
            pages += reading.pages;
            let page = |time: f64| time / reading.pages.max(1) as f64;
            times.extend(reading.timing.map(|timing| TimingReport {
                read: page(timing.read),
                detect: page(timing.detect),
                resolve: page(timing.resolve),
            }));
        }
        let middle = |time: fn(&TimingReport) -> f64| median(times.iter().map(time).collect());
        table.row(&[
            name.to_owned(),
            pages.to_string(),
            middle(|timing| timing.read),
            middle(|timing| timing.detect),
            middle(|timing| timing.resolve),
            middle(|timing| timing.read + timing.detect + timing.resolve),
        ]);
    }
    table.into_text()
}

fn median(mut values: Vec<f64>) -> String {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).map_or_else(|| "–".to_owned(), |middle| format!("{middle:.1}"))
}

/// The model and the rules, how large the model is, and how much memory the program took at most.
pub fn made_with(readings: &Readings) -> String {
    let mut table =
        Table::new(&["model", "rules", "weights, MiB", "peak memory of the process with the model, MiB"]);
    let (model, rules) = readings.made_with.clone().unwrap_or_default();
    let shown =
        |mebibytes: Option<f64>| mebibytes.map_or_else(|| "–".to_owned(), |size| format!("{size:.1}"));
    let weights = readings.weights_bytes.map(|bytes| bytes as f64 / (1024.0 * 1024.0));
    table.row(&[model, rules, shown(weights), shown(peak_memory_mebibytes())]);
    table.into_text()
}

/// The most memory that this process ever had, if the system reports it (Linux).
fn peak_memory_mebibytes() -> Option<f64> {
    peak_in(&std::fs::read_to_string("/proc/self/status").ok()?)
}

/// `VmHWM` of a status file of proc(5).
fn peak_in(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_in_mebibytes() {
        assert_eq!(peak_in("Name:\tx\nVmHWM:\t   51200 kB\n"), Some(50.0));
        assert_eq!(peak_in("Name:\tx\n"), None);
    }

    #[test]
    fn the_median_is_a_value_that_was_measured() {
        assert_eq!(median(vec![9.0, 1.0, 2.0]), "2.0");
        assert_eq!(median(Vec::new()), "–");
    }
}
