//! Tables of Markdown.

/// A table as it grows: numbers stand at the right, the first column at the left.
pub struct Table {
    text: String,
}

impl Table {
    /// A table with these heads.
    pub fn new<H: AsRef<str>>(heads: &[H]) -> Self {
        let mut table = Self { text: String::new() };
        table.row(heads);
        let rules: Vec<&str> =
            (0..heads.len()).map(|column| if column == 0 { "---" } else { "---:" }).collect();
        table.row(&rules);
        table
    }

    /// Adds a row.
    pub fn row<C: AsRef<str>>(&mut self, cells: &[C]) {
        for cell in cells {
            self.text.push_str("| ");
            self.text.push_str(cell.as_ref());
            self.text.push(' ');
        }
        self.text.push_str("|\n");
    }

    /// The table.
    pub fn into_text(self) -> String {
        self.text
    }
}

/// A share or a score with three digits.
pub fn share(value: f64) -> String {
    format!("{value:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_head_a_rule_and_rows() {
        let mut table = Table::new(&["field", "n"]);
        table.row(&["kid".to_owned(), share(0.12345)]);
        assert_eq!(table.into_text(), "| field | n |\n| --- | ---: |\n| kid | 0.123 |\n");
    }
}
