//! What kind of file a document is.

/// What a file is, told by its bytes and never by its name.
///
/// ```
/// use fieldmark_domain::media_type::MediaType;
///
/// assert_eq!(MediaType::of_name("application/pdf"), Some(MediaType::Pdf));
/// assert_eq!(MediaType::of_name("image/png"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum MediaType {
    /// Portable Document Format.
    Pdf,
    /// An e-invoice in XML, without pages.
    Xml,
}

impl MediaType {
    /// Every media type that is read.
    pub const ALL: [Self; 2] = [Self::Pdf, Self::Xml];

    /// The name registered with IANA, for instance `application/pdf`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Xml => "application/xml",
        }
    }

    /// The media type of a name; `None` for one that is not read.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media_type| media_type.name() == name)
    }
}
