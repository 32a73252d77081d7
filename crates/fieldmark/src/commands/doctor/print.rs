//! Findings for people and for machines.

use std::fmt::Write as _;

use serde::Serialize;

use super::finding::{Finding, State};
use crate::output::Style;

/// Everything, as machines get it.
#[derive(Serialize)]
struct Report<'a> {
    version: &'static str,
    /// Whether everything that is needed works.
    works: bool,
    /// Whether every hold of the cage holds, and no try to get out succeeded.
    caged: bool,
    findings: &'a [Finding],
}

/// One JSON object: `version`, `works`, `caged`, and `findings` with `group`, `name`, `state` (`good`,
/// `doubtful`, `open`, `missing`), `detail` and, where one is known, `remedy`.
pub fn as_json(findings: &[Finding]) -> serde_json::Result<String> {
    let works = count(findings, State::Missing) == 0;
    let caged = count(findings, State::Open) == 0;
    let report = Report { version: env!("CARGO_PKG_VERSION"), works, caged, findings };
    Ok(serde_json::to_string_pretty(&report)? + "\n")
}

/// A heading for each group, a line for each finding, and a last line that sums up.
pub fn as_text(findings: &[Finding], style: Style) -> String {
    let widest = findings.iter().map(|finding| finding.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    let mut group = "";
    for finding in findings {
        if finding.group != group {
            group = finding.group;
            // Writing to a string does not fail.
            let _ = writeln!(text, "{}", style.heading(group.replace('_', " ")));
        }
        write_line(&mut text, finding, widest, style);
    }
    text.push('\n');
    text.push_str(&summary(findings, style));
    text.push('\n');
    text
}

fn write_line(text: &mut String, finding: &Finding, widest: usize, style: Style) {
    let mark = match finding.state {
        State::Good => style.good("✓"),
        State::Doubtful => style.doubtful("–"),
        State::Open => style.doubtful("○"),
        State::Missing => style.bad("✗"),
    };
    let name = finding.name.replace('_', " ");
    let _ = writeln!(text, "  {mark} {name:widest$}  {}", finding.detail.replace('\n', "; "));
    if let Some(remedy) = &finding.remedy {
        let _ = writeln!(text, "    {:widest$}  {}", "", style.dim(format!("→ {remedy}")));
    }
}

fn summary(findings: &[Finding], style: Style) -> String {
    let things = |count: usize| if count == 1 { "1 thing".to_owned() } else { format!("{count} things") };
    let mut rest = ways_out(findings);
    match count(findings, State::Doubtful) {
        0 => {}
        doubtful => rest.push_str(&format!("; {} could be better", things(doubtful))),
    }
    match count(findings, State::Missing) {
        0 if count(findings, State::Open) > 0 => {
            style.doubtful(format!("everything that is needed works{rest}"))
        }
        0 => style.good(format!("everything that is needed works{rest}")),
        missing => style.bad(format!("missing or broken: {}{rest}", things(missing))),
    }
}

fn ways_out(findings: &[Finding]) -> String {
    let open = findings.iter().filter(|finding| finding.state == State::Open);
    let names: Vec<String> = open.map(|finding| finding.name.replace('_', " ")).collect();
    if names.is_empty() { String::new() } else { format!("; the cage is open: {}", names.join(", ")) }
}

fn count(findings: &[Finding], state: State) -> usize {
    findings.iter().filter(|finding| finding.state == state).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings() -> Vec<Finding> {
        vec![
            Finding::good("program", "version", "1.0"),
            Finding::missing("reading", "libpdfium", "nowhere").mended_by("get it"),
            Finding::doubtful("reading", "own_fonts", "none"),
        ]
    }

    #[test]
    fn people_get_a_line_for_each_and_a_sum() {
        let expected = "\
program
  ✓ version    1.0
reading
  ✗ libpdfium  nowhere
               → get it
  – own fonts  none

missing or broken: 1 thing; 1 thing could be better
";
        assert_eq!(as_text(&findings(), Style::PLAIN), expected);
        assert!(as_text(&findings()[..1], Style::PLAIN).ends_with("everything that is needed works\n"));
    }

    #[test]
    fn the_last_line_names_each_way_out_of_the_cage() {
        let open = |group, name| Finding::open(group, name, "it could be done");
        let findings = [
            Finding::good("cage", "memory", "limited"),
            open("cage", "file_system"),
            open("cage_attempts", "open_socket"),
        ];
        let text = as_text(&findings, Style::PLAIN);
        assert!(text.contains("\ncage attempts\n  ○ open socket"), "{text}");
        let last = "\neverything that is needed works; the cage is open: file system, open socket\n";
        assert!(text.ends_with(last), "{text}");
        let report: serde_json::Value = serde_json::from_str(&as_json(&findings).unwrap()).unwrap();
        assert_eq!((&report["works"], &report["caged"]), (&true.into(), &false.into()));
        assert_eq!(report["findings"][1]["state"], "open");
    }

    #[test]
    fn machines_get_the_same() {
        let report: serde_json::Value = serde_json::from_str(&as_json(&findings()).unwrap()).unwrap();
        assert_eq!((&report["works"], &report["caged"]), (&false.into(), &true.into()));
        assert_eq!(report["findings"][1]["state"], "missing");
        assert_eq!(report["findings"][1]["remedy"], "get it");
        assert!(report["findings"][0].get("remedy").is_none());
    }
}
