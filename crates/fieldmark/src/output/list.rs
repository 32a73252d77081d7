//! Lists of kept things: a table for people, JSON Lines for programs.

use std::io::{self, IsTerminal as _, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::Style;
use super::text::{cut, padded, shown};
use crate::arguments::ListFormat;

/// Longer cells are cut in tables; JSON has them whole.
const WIDEST_CELL: usize = 48;

/// What one kind of thing looks like in a table.
pub trait Row: Serialize {
    /// The columns' names.
    const HEADINGS: &'static [&'static str];

    /// What stands in the columns.
    fn cells(&self) -> Vec<String>;
}

/// How a list is printed on standard output: as is wished, else a table for a terminal and JSON Lines for everything
/// else.
pub fn format(wished: Option<ListFormat>) -> ListFormat {
    let usual = || if io::stdout().is_terminal() { ListFormat::Table } else { ListFormat::Jsonl };
    wished.unwrap_or_else(usual)
}

/// Prints rows on standard output. `total` is how many there are in all, where that is known.
///
/// # Errors
/// When standard output does not take them.
pub fn print<R: Row>(rows: &[R], total: Option<u64>, format: Option<ListFormat>) -> io::Result<()> {
    let style = Style::for_terminal(io::stdout().is_terminal());
    let mut output = io::stdout().lock();
    match self::format(format) {
        ListFormat::Jsonl => write_lines(&mut output, rows)?,
        ListFormat::Table => write_table(&mut output, rows, total, style)?,
    }
    output.flush()
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
            writeln!(output, "{}", style.dim(format!("{} of {total}", rows.len())))
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

        fn cells(&self) -> Vec<String> {
            vec![self.name.to_owned(), self.note.to_owned()]
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
        let expected = "name      note\na         請求書\nlong one  x\u{fffd}[31m\n2 of 17\n";
        assert_eq!(table(&PAIRS, Some(17)), expected);
        assert!(!table(&PAIRS, Some(2)).contains("of"));
        assert_eq!(table(&[], Some(0)), "0 of 0\n");
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
