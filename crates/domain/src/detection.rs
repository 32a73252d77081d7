//! What a detector finds on a page: spans of words, each with the class it takes them for.
//!
//! Detections are claims, not values: parsing and choosing is the work of [`crate::reading`].

use crate::extraction::DocumentKind;
use crate::field::Field;
use crate::geometry::BoundingBox;

/// What a span of words is taken for. `Value` spans are what the document says; the others tell
/// the reading where it is: captions name the value beside or below them, and the auxiliary classes
/// are things that look like a field and are none.
///
/// ```
/// use fieldmark_domain::detection::SpanClass;
/// use fieldmark_domain::field::Field;
///
/// let caption = SpanClass::Caption(Field::InvoiceNumber);
/// assert_eq!(caption.name(), "caption:invoice_number");
/// assert_eq!(SpanClass::from_name("caption:invoice_number"), Some(caption));
/// assert!(caption.is_caption() && !SpanClass::Value(Field::InvoiceNumber).is_caption());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum SpanClass {
    /// A field's value.
    Value(Field),
    /// The printed words that name a field ("Fakturanummer", "Zu zahlen").
    Caption(Field),
    /// Words that name the supplier's block ("Von", "Lieferant").
    SupplierCaption,
    /// Words that name the customer's block ("Bill to", "Kunde").
    CustomerCaption,
    /// Words that name another party's block (delivery address, payer, factor).
    OtherPartyCaption,
    /// Words that name something that is no field ("Unser Zeichen", "Seite").
    OtherCaption,
    /// The name of a party that is neither supplier nor customer.
    OtherPartyName,
    /// Street, postal code, city, country of somebody else.
    OtherAddress,
    /// An amount of an invoice line.
    LineAmount,
    /// The tax of one rate, where a table lists them.
    RateTax,
    /// The net amount of one rate, where a table lists them.
    RateNet,
    /// A rate of tax in percent.
    RatePercent,
    /// What was owed before this invoice.
    PriorBalance,
    /// Any other amount: carried over, in another currency, a fee.
    OtherAmount,
    /// A date that is no field's.
    OtherDate,
    /// A number or code that is no field's.
    OtherIdentifier,
    /// A telephone or fax number.
    Phone,
    /// A part of the page, of several lines, that plays a role.
    Block(BlockRole),
    /// The page as a whole, as a document of a kind.
    Document(DocumentKind),
}

impl SpanClass {
    /// Every class, values first, then captions, then the rest, then blocks and documents.
    pub fn all() -> impl Iterator<Item = Self> {
        let values = Field::ALL.iter().copied().map(Self::Value);
        let captions = Field::ALL.iter().copied().map(Self::Caption);
        let auxiliary = Self::AUXILIARY.iter().map(|(class, _)| *class);
        let blocks = BlockRole::ALL.iter().copied().map(Self::Block);
        values.chain(captions).chain(auxiliary).chain(blocks).chain(DocumentKind::ALL.map(Self::Document))
    }

    const AUXILIARY: &'static [(Self, &'static str)] = &[
        (Self::SupplierCaption, "caption:supplier"),
        (Self::CustomerCaption, "caption:customer"),
        (Self::OtherPartyCaption, "caption:other_party"),
        (Self::OtherCaption, "caption:other"),
        (Self::OtherPartyName, "other_party_name"),
        (Self::OtherAddress, "other_address"),
        (Self::LineAmount, "line_amount"),
        (Self::RateTax, "rate_tax"),
        (Self::RateNet, "rate_net"),
        (Self::RatePercent, "rate_percent"),
        (Self::PriorBalance, "prior_balance"),
        (Self::OtherAmount, "other_amount"),
        (Self::OtherDate, "other_date"),
        (Self::OtherIdentifier, "other_identifier"),
        (Self::Phone, "phone"),
    ];

    /// The stable name, as weights and exports write it: a field's name for its values,
    /// `caption:` and the field's name for its captions, `block:` and the role's name for blocks,
    /// `document:` and the kind's name for documents.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Value(field) => field.name().to_owned(),
            Self::Caption(field) => format!("caption:{field}"),
            Self::Block(role) => format!("block:{}", role.name()),
            Self::Document(kind) => format!("document:{}", kind.name()),
            other => Self::AUXILIARY
                .iter()
                .find(|(class, _)| *class == other)
                .map_or_else(String::new, |(_, name)| (*name).to_owned()),
        }
    }

    /// The class of a stable name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|class| class.name() == name)
    }

    /// Whether it is a caption of any kind.
    #[must_use]
    pub const fn is_caption(self) -> bool {
        matches!(
            self,
            Self::Caption(_)
                | Self::SupplierCaption
                | Self::CustomerCaption
                | Self::OtherPartyCaption
                | Self::OtherCaption
        )
    }
}

macro_rules! block_roles {
    ($($(#[$doc:meta])* $variant:ident = $name:literal;)*) => {
        /// What a block of a page is for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        pub enum BlockRole {
            $($(#[$doc])* $variant,)*
        }

        impl BlockRole {
            /// Every role.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stable name, as weights write it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

block_roles! {
    /// Who sends the invoice: the letterhead, the sender's line, a form of the supplier's data.
    Supplier = "supplier";
    /// Who the invoice is for.
    Customer = "customer";
    /// Where a second address says the invoice is to be sent or paid: not the buyer's own.
    BillTo = "bill_to";
    /// Where goods or services went: delivery address, site, end customer.
    Delivery = "delivery";
    /// Who acts for the supplier: a factor, a tax representative, a payee.
    Agent = "agent";
    /// Title, numbers, dates and references of the invoice.
    Identification = "identification";
    /// The table of lines.
    Lines = "lines";
    /// Totals and the table of tax rates.
    Totals = "totals";
    /// How to pay: accounts, references, terms.
    Bank = "bank";
    /// A slip to be cut off or read by a machine.
    PaymentSlip = "payment_slip";
    /// Running text.
    Terms = "terms";
    /// The foot of the page.
    Footer = "footer";
}

/// A span that a detector found on one page.
///
/// ```
/// use fieldmark_domain::detection::{Detection, SpanClass};
/// use fieldmark_domain::field::Field;
/// use fieldmark_domain::geometry::BoundingBox;
///
/// // Words 4 and 5 of the page are an amount.
/// let boxes = [BoundingBox::from_edges(0.7, 0.6, 0.75, 0.61), BoundingBox::from_edges(0.76, 0.6, 0.8, 0.61)];
/// let total = Detection {
///     class: SpanClass::Value(Field::TotalGross),
///     score: 0.93,
///     bounds: BoundingBox::union_of(&boxes).unwrap(),
///     words: vec![4, 5],
/// };
/// assert_eq!((total.bounds.left, total.bounds.right()), (0.7, 0.8));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Detection {
    /// What the span is taken for.
    pub class: SpanClass,
    /// How sure the detector is, 0..1. Spans of one page may overlap: weak alternatives are given too.
    pub score: f32,
    /// Where it stands.
    pub bounds: BoundingBox,
    /// Indices into the page's words, rising, all of one line but for blocks; empty from a detector that
    /// sees only the picture (the reading then takes the words inside the box).
    pub words: Vec<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_a_name_of_its_own_and_is_found_by_it() {
        let names: std::collections::BTreeSet<_> = SpanClass::all().map(SpanClass::name).collect();
        assert_eq!(names.len(), SpanClass::all().count());
        for class in SpanClass::all() {
            assert_eq!(SpanClass::from_name(&class.name()), Some(class));
        }
    }
}
