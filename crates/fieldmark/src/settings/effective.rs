//! The settings of this run as they hold, each with where it comes from. Secrets are left out.

use std::path::Path;

use fieldmark_domain::spreadsheet::Cells;
use figment::Figment;
use figment::providers::Serialized;
use figment::value::{Num, Value};
use serde::Serialize;

use super::described::Setting;
use super::sources::{SettingsFiles, gather, settle, source_of};
use super::{Settings, SettingsError};
use crate::output::list::Row;

/// A setting with its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Effective {
    /// The key.
    pub key: String,
    /// The value, `hidden` for a secret; absent if it is not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What holds instead, if it is not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<&'static str>,
    /// The file or the environment variable that sets it, or `its default`.
    pub source: String,
}

impl Row for Effective {
    const HEADINGS: &'static [&'static str] = &["setting", "value", "set by"];
    const COLUMNS: &'static [&'static str] = &["key", "value", "otherwise", "source"];

    fn cells(&self) -> Vec<String> {
        let otherwise = || self.otherwise.map(|text| format!("({text})")).unwrap_or_default();
        vec![self.key.clone(), self.value.clone().unwrap_or_else(otherwise), self.source.clone()]
    }

    fn record(&self, cells: Cells) -> Vec<String> {
        let text = |text: &str| cells.text(text).into_owned();
        let value = self.value.as_deref().map(text).unwrap_or_default();
        vec![self.key.clone(), value, self.otherwise.map(text).unwrap_or_default(), text(&self.source)]
    }
}

/// The settings as they hold, in the order of [`Settings::described`].
///
/// # Errors
/// As [`load`](super::load).
pub fn effective(config: Option<&Path>) -> Result<Vec<Effective>, SettingsError> {
    let gathered = gather(&SettingsFiles::locate(config)?)?;
    let settled = settle(&gathered)?;
    let values = Figment::from(Serialized::defaults(settled));
    let rows = Settings::described().into_iter().map(|setting| row(&setting, &values, &gathered));
    Ok(rows.collect())
}

fn row(setting: &Setting, values: &Figment, gathered: &Figment) -> Effective {
    let value = values.find_value(&setting.key).ok().as_ref().and_then(printed);
    let value = value.map(|value| if setting.is_secret() { "hidden".to_owned() } else { value });
    Effective {
        otherwise: setting.otherwise.filter(|_| value.is_none()),
        source: source_of(gathered, &setting.key),
        key: setting.key.clone(),
        value,
    }
}

/// The default of each setting that has one, by its key.
pub(super) fn default_of(setting: &Setting) -> Option<String> {
    printed(&Figment::from(Serialized::defaults(Settings::default())).find_value(&setting.key).ok()?)
}

/// A value as a settings file has it, text without its quotation marks; `None` if nothing is set.
fn printed(value: &Value) -> Option<String> {
    match value {
        Value::String(_, text) => Some(text.clone()),
        Value::Bool(_, flag) => Some(flag.to_string()),
        // A float of fewer digits keeps them.
        Value::Num(_, Num::F32(number)) => Some(number.to_string()),
        Value::Num(_, number) => {
            let whole = number.to_u128().map(|whole| whole.to_string());
            whole.or_else(|| number.to_f64().map(|number| number.to_string()))
        }
        Value::Array(_, items) => {
            let items: Vec<String> =
                items.iter().filter_map(printed).map(|item| format!("\"{item}\"")).collect();
            Some(format!("[{}]", items.join(", ")))
        }
        Value::Char(..) | Value::Dict(..) | Value::Empty(..) => None,
    }
}
