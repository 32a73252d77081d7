//! The page `docs/settings.md`: every setting with its variable, type, default, range and meaning.

use std::fmt::Write as _;

use super::Settings;
use super::described::Setting;
use super::effective::default_of;

/// What is said before the tables.
const HEAD: &str = "\
# Settings

This page is written by `fieldmark settings --markdown`, and a test compares it with the program.

A setting comes from the settings file (`--config`, `FIELDMARK_CONFIG`, else
`fieldmark/fieldmark.toml` in the user's folder for settings, else in `/etc`), from the `.env` beside
that file, or from the environment. The later ones win; options of the command line win over all of
them. `fieldmark settings` prints the settings as they hold, and where each comes from.

A duration is a text such as `20s`, `1m 30s` or `500ms`, or a number of seconds. Lists in the
environment are written as in the file: `[\"10.0.0.0/8\"]`.
";

/// The page, in Markdown.
pub fn markdown() -> String {
    let mut page = String::from(HEAD);
    let mut section = None;
    for setting in Settings::described() {
        let own = setting.key.split_once('.').map_or("", |(section, _)| section);
        if section.as_deref() != Some(own) {
            page.push_str(&heading(own));
            section = Some(own.to_owned());
        }
        page.push_str(&row(&setting));
    }
    page
}

fn heading(section: &str) -> String {
    let title = if section.is_empty() { String::new() } else { format!("\n## `{section}`\n") };
    format!(
        "{title}\n| setting | environment | type | default | range | what it does |\n|---|---|---|---|---|---|\n"
    )
}

fn row(setting: &Setting) -> String {
    let unit = setting.unit.map(|unit| format!(", {unit}")).unwrap_or_default();
    let default = default_of(setting).map(|value| format!("`{value}`"));
    let default = default.or_else(|| setting.otherwise.map(str::to_owned)).unwrap_or_default();
    let bound = setting.bound.map(|bound| bound.to_string()).unwrap_or_default();
    let mut row = String::new();
    // Writing to a string does not fail.
    let _ = writeln!(
        row,
        "| `{}` | `{}` | {}{unit} | {default} | {bound} | {} |",
        setting.key,
        setting.variable(),
        setting.kind,
        setting.meaning,
    );
    row
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use figment::Provider as _;
    use figment::providers::Serialized;
    use figment::value::Value;

    use super::*;

    #[test]
    fn the_page_in_the_docs_is_the_one_that_the_program_writes() {
        let written = include_str!("../../../../docs/settings.md");
        assert!(written == markdown(), "write it anew: cargo run -- settings --markdown > docs/settings.md");
    }

    #[test]
    fn every_key_is_described_and_every_described_key_is_one() {
        let data = Serialized::defaults(Settings::default()).data().unwrap();
        let mut keys = BTreeSet::new();
        for (name, value) in data.values().flatten() {
            match value {
                Value::Dict(_, section) => keys.extend(section.keys().map(|key| format!("{name}.{key}"))),
                _ => drop(keys.insert(name.clone())),
            }
        }
        let described: BTreeSet<String> =
            Settings::described().into_iter().map(|setting| setting.key).collect();
        assert_eq!(described, keys);
    }

    #[test]
    fn every_default_is_within_its_range() {
        assert_eq!(Settings::default().validate(), Ok(()));
    }

    #[test]
    fn a_setting_without_a_default_says_what_holds_instead() {
        for setting in Settings::described() {
            assert!(default_of(&setting).is_some() || setting.otherwise.is_some(), "{}", setting.key);
        }
    }
}
