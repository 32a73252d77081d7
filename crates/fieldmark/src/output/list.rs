//! Lists of kept things: a table for people, JSON Lines and CSV for programs.
//!
//! A table is as wide as its widest row, so that it is printed at its end; the others are printed as they come.

use std::io::{self, IsTerminal as _, Write};

use fieldmark_domain::spreadsheet::Cells;
use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::Style;
use super::csv::write_records;
use super::text::{cut, padded, shown};
use crate::arguments::{ListFormat, PrintArguments};

/// Longer cells are cut in tables; JSON has them whole.
const WIDEST_CELL: usize = 48;

/// What one kind of thing looks like in a list.
pub trait Row: Serialize {
    /// The names of a table's columns.
    const HEADINGS: &'static [&'static str];

    /// The names of the columns of CSV.
    const COLUMNS: &'static [&'static str];

    /// What stands in the columns of a table.
    fn cells(&self) -> Vec<String>;

    /// What stands in the columns of CSV, whole, and empty where there is nothing.
    fn record(&self, cells: Cells) -> Vec<String>;
}

/// How a list is printed on standard output: as is wished, else a table for a terminal and JSON Lines for everything
/// else.
pub fn format(wished: Option<ListFormat>) -> ListFormat {
    let usual = || if io::stdout().is_terminal() { ListFormat::Table } else { ListFormat::Jsonl };
    wished.unwrap_or_else(usual)
}

/// Prints a list on standard output, part by part.
pub struct ListPrinter<R> {
    format: ListFormat,
    cells: Cells,
    /// The rows of a table.
    rows: Vec<R>,
    begun: bool,
}

impl<R: Row> ListPrinter<R> {
    /// A printer for what is wished, else a table for a terminal and JSON Lines for everything else.
    pub fn new(wished: PrintArguments) -> Self {
        let format = format(wished.format);
        Self { format, cells: Cells::raw_if(wished.raw), rows: Vec::new(), begun: false }
    }

    /// Whether it prints a table.
    pub fn is_table(&self) -> bool {
        self.format == ListFormat::Table
    }

    /// Prints rows, those of a table at the end.
    ///
    /// # Errors
    /// When standard output does not take them.
    pub fn write(&mut self, rows: Vec<R>) -> io::Result<()> {
        let mut output = io::stdout().lock();
        match self.format {
            ListFormat::Table => self.rows.extend(rows),
            ListFormat::Jsonl => write_lines(&mut output, &rows)?,
            ListFormat::Csv => write_csv(&mut output, &rows, self.cells, !self.begun)?,
        }
        self.begun = true;
        output.flush()
    }

    /// Prints the end. `total` is how many rows there are in all, where that is known.
    ///
    /// # Errors
    /// When standard output does not take it.
    pub fn finish(mut self, total: Option<u64>) -> io::Result<()> {
        if !self.begun {
            self.write(Vec::new())?;
        }
        let style = Style::for_terminal(io::stdout().is_terminal());
        let mut output = io::stdout().lock();
        if self.is_table() {
            write_table(&mut output, &self.rows, total, style)?;
        }
        output.flush()
    }
}

fn write_csv<R: Row>(
    output: &mut impl Write,
    rows: &[R],
    cells: Cells,
    with_headings: bool,
) -> io::Result<()> {
    let headings = || R::COLUMNS.iter().map(|column| (*column).to_owned()).collect::<Vec<String>>();
    let headings = with_headings.then(headings);
    write_records(output, headings.into_iter().chain(rows.iter().map(|row| row.record(cells))))
}

fn write_lines<R: Row>(output: &mut impl Write, rows: &[R]) -> io::Result<()> {
    for row in rows {
        serde_json::to_writer(&mut *output, row)?;
        output.write_all(b"\n")?;
    }
    Ok(())
}

fn write_table<R: Row>(
    output: &mut impl Write,
    rows: &[R],
    total: Option<u64>,
    style: Style,
) -> io::Result<()> {
    let lines: Vec<Vec<String>> = rows.iter().map(cells).collect();
    if !lines.is_empty() {
        let widths = widths::<R>(&lines);
        let headings: Vec<String> = R::HEADINGS.iter().map(|heading| (*heading).to_owned()).collect();
        writeln!(output, "{}", style.dim(line(&headings, &widths)))?;
        for cells in &lines {
            writeln!(output, "{}", line(cells, &widths))?;
        }
    }
    match total {
        Some(total) if total != rows.len() as u64 || rows.is_empty() => {
            let more = if rows.is_empty() { "" } else { "; --limit and --offset show others" };
            writeln!(output, "{}", style.dim(format!("{} of {total}{more}", rows.len())))
        }
        _ => Ok(()),
    }
}

fn cells<R: Row>(row: &R) -> Vec<String> {
    row.cells().iter().map(|cell| cut(&shown(cell), WIDEST_CELL)).collect()
}

fn widths<R: Row>(lines: &[Vec<String>]) -> Vec<usize> {
    let widest = |(column, heading): (usize, &&str)| {
        let cells = lines.iter().filter_map(|cells| cells.get(column));
        cells.map(|cell| cell.width()).fold(heading.width(), usize::max)
    };
    R::HEADINGS.iter().enumerate().map(widest).collect()
}

fn line(cells: &[String], widths: &[usize]) -> String {
    let padded: Vec<String> = cells.iter().zip(widths).map(|(cell, width)| padded(cell, *width)).collect();
    padded.join("  ").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Pair {
        name: &'static str,
        note: &'static str,
    }

    impl Row for Pair {
        const HEADINGS: &'static [&'static str] = &["name", "note"];
        const COLUMNS: &'static [&'static str] = Self::HEADINGS;

        fn cells(&self) -> Vec<String> {
            vec![self.name.to_owned(), self.note.to_owned()]
        }

        fn record(&self, cells: Cells) -> Vec<String> {
            vec![self.name.to_owned(), cells.text(self.note).into_owned()]
        }
    }

    const PAIRS: [Pair; 2] =
        [Pair { name: "a", note: "請求書" }, Pair { name: "long one", note: "x\u{1b}[31m" }];

    fn table(rows: &[Pair], total: Option<u64>) -> String {
        let mut written = Vec::new();
        write_table(&mut written, rows, total, Style::PLAIN).unwrap();
        String::from_utf8(written).unwrap()
    }

    #[test]
    fn a_table_is_aligned_and_says_how_much_it_leaves_out() {
        let expected = "name      note\na         請求書\nlong one  x\u{fffd}[31m\n2 of 17; --limit and --offset show others\n";
        assert_eq!(table(&PAIRS, Some(17)), expected);
        assert!(!table(&PAIRS, Some(2)).contains("of"));
        assert_eq!(table(&[], Some(0)), "0 of 0\n");
    }

    #[test]
    fn csv_has_its_headings_once_and_no_formula_unless_it_is_wanted_raw() {
        let rows = [Pair { name: "a", note: "=1+1" }];
        let csv = |cells: Cells, with_headings: bool| {
            let mut written = Vec::new();
            write_csv(&mut written, &rows, cells, with_headings).unwrap();
            String::from_utf8(written).unwrap()
        };
        assert_eq!(csv(Cells::Inert, true), "name,note\na,'=1+1\n");
        assert_eq!(csv(Cells::Raw, false), "a,=1+1\n");
    }

    #[test]
    fn programs_get_one_object_per_line() {
        let mut written = Vec::new();
        write_lines(&mut written, &PAIRS).unwrap();
        let text = String::from_utf8(written).unwrap();
        let names: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(names[0]["name"], "a");
        assert_eq!(names[1]["note"], "x\u{1b}[31m");
    }
}
