//! A check: something that must hold of a value or of the whole document, and whether it does.

use std::borrow::Cow;

/// The outcome of a check. A failed check never changes a value: it is said, and it lowers the rank.
///
/// ```
/// use fieldmark_domain::check::Check;
///
/// let check = Check::new("net_plus_tax_is_gross", false).because("100.00 + 25.00 is not 120.00");
/// assert!(!check.passed);
/// assert_eq!(check.detail.as_deref(), Some("100.00 + 25.00 is not 120.00"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// A stable name, for instance `iban_mod_97` or `net_plus_tax_is_gross`.
    pub name: Cow<'static, str>,
    /// Whether it holds.
    pub passed: bool,
    /// What was compared, for people.
    pub detail: Option<String>,
}

impl Check {
    /// A check that holds or not, with nothing more to say.
    #[must_use]
    pub const fn new(name: &'static str, passed: bool) -> Self {
        Self { name: Cow::Borrowed(name), passed, detail: None }
    }

    /// The same check with a word of explanation.
    #[must_use]
    pub fn because(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}
