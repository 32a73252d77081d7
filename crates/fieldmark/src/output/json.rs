//! JSON: one array, or one object per line.

use std::io::{self, Write};

use fieldmark_report::FileReport;

use super::{ReportWriter, Summary};

/// One object per line; each is there for the reader as soon as its file is done.
pub struct LinesWriter {
    output: Box<dyn Write>,
}

impl LinesWriter {
    /// A writer onto `output`.
    pub fn new(output: Box<dyn Write>) -> Self {
        Self { output }
    }
}

impl ReportWriter for LinesWriter {
    fn write(&mut self, report: &FileReport) -> io::Result<()> {
        serde_json::to_writer(&mut self.output, report)?;
        self.output.write_all(b"\n")?;
        self.output.flush()
    }

    fn finish(&mut self, _summary: &Summary) -> io::Result<()> {
        self.output.flush()
    }
}

/// One array of all files, indented for people.
pub struct ArrayWriter {
    output: Box<dyn Write>,
    written: usize,
}

impl ArrayWriter {
    /// A writer onto `output`.
    pub fn new(output: Box<dyn Write>) -> Self {
        Self { output, written: 0 }
    }
}

impl ReportWriter for ArrayWriter {
    fn write(&mut self, report: &FileReport) -> io::Result<()> {
        let before = if self.written == 0 { "[\n" } else { ",\n" };
        self.written += 1;
        let object = serde_json::to_string_pretty(report)?;
        write!(self.output, "{before}  {}", object.replace('\n', "\n  "))?;
        self.output.flush()
    }

    fn finish(&mut self, _summary: &Summary) -> io::Result<()> {
        let end = if self.written == 0 { "[]\n" } else { "\n]\n" };
        self.output.write_all(end.as_bytes())?;
        self.output.flush()
    }
}
