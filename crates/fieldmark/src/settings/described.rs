//! Settings that describe themselves: each field's documentation, type, range and environment
//! variable, for `docs/settings.md` and `fieldmark settings`.
//!
//! [`settings`] declares a struct of settings. What it collects is also what is checked: the range
//! in the page is the range that refuses a value. Does not know where values come from.

use std::path::PathBuf;
use std::time::Duration;

use super::bound::Bound;
use super::variables::variable;
use super::{LogFormat, Secret};

/// One setting, as people see it.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The key with its section, for instance `reader.timeout`.
    pub key: String,
    /// What kind of value it takes.
    pub kind: &'static str,
    /// The unit of the value, if the kind does not say it.
    pub unit: Option<&'static str>,
    /// The values that are accepted, if a type and a sentence do not say it all.
    pub bound: Option<Bound>,
    /// What holds when it is not set and has no default of its own.
    pub otherwise: Option<&'static str>,
    /// What it does.
    pub meaning: String,
}

impl Setting {
    /// The environment variable that sets it.
    pub fn variable(&self) -> String {
        variable(&self.key)
    }

    /// Whether its value must not be printed.
    pub fn is_secret(&self) -> bool {
        self.kind == Secret::KIND
    }
}

/// A sentence of a documentation comment, in one line.
pub fn sentence(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

/// A type of values, by its name for people.
pub trait Kind {
    /// The name.
    const KIND: &'static str;
}

macro_rules! kinds {
    ($($type:ty = $name:literal),+ $(,)?) => {
        $(impl Kind for $type { const KIND: &'static str = $name; })+
    };
}

kinds! {
    bool = "`true` or `false`",
    f32 = "number",
    u32 = "whole number",
    u64 = "whole number",
    usize = "whole number",
    Duration = "duration",
    LogFormat = "`json` or `text`",
    PathBuf = "path",
    Secret = "secret text",
    String = "text",
    Vec<String> = "list of texts",
}

impl<T: Kind> Kind for Option<T> {
    const KIND: &'static str = T::KIND;
}

/// Declares a struct of settings and describes its fields.
///
/// Between its documentation and its attribute for serde a field may have `#[within(BOUND)]`, a
/// [`Bound`] that is checked; `#[unit = "bytes"]`; and `#[otherwise = "…"]`, what holds when it is
/// not set.
macro_rules! settings {
    (
        $(#[$of_struct:meta])*
        pub struct $name:ident in $section:literal {
            $(
                $(#[doc = $doc:literal])+
                $(#[within($bound:expr)])?
                $(#[unit = $unit:literal])?
                $(#[otherwise = $otherwise:literal])?
                $(#[serde($($of_serde:tt)*)])?
                pub $field:ident: $type:ty,
            )+
        }
    ) => {
        $(#[$of_struct])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $(
                $(#[doc = $doc])+
                $(#[serde($($of_serde)*)])?
                pub $field: $type,
            )+
        }

        impl $name {
            /// Its settings, in their order.
            pub(super) fn described() -> Vec<$crate::settings::described::Setting> {
                use $crate::settings::described::{Kind, Setting, sentence};
                vec![$(Setting {
                    key: concat!($section, ".", stringify!($field)).to_owned(),
                    kind: <$type as Kind>::KIND,
                    unit: None$(.or(Some($unit)))?,
                    bound: None$(.or(Some($bound)))?,
                    otherwise: None$(.or(Some($otherwise)))?,
                    meaning: sentence(&[$($doc),+]),
                }),+]
            }

            /// Whether every value is within its range.
            fn check_bounds(&self) -> Result<(), $crate::settings::Unacceptable> {
                $($(
                    $bound.check(concat!($section, ".", stringify!($field)), &self.$field)?;
                )?)+
                Ok(())
            }
        }
    };
}

pub(super) use settings;
