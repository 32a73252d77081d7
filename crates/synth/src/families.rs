//! Layout families: kinds of invoices, each with its own order of blocks and many random
//! variations.
//!
//! Training leaves some of them out, so each must differ from the others in more than its numbers.

mod accounts;
mod arrangement;
mod bills;
mod cells;
mod letters;
mod narrow;
mod screens;
mod sheets;
mod unseen;
mod usage;

use std::collections::BTreeSet;
use std::fmt;

use crate::composer::Composer;
use fieldmark_domain::extraction::DocumentKind;

use crate::hard_cases::HardCase;
use crate::random::Dice;

macro_rules! families {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $share:literal;)*) => {
        /// A kind of layout.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum LayoutFamily {
            $($(#[$doc])* $variant,)*
        }

        impl LayoutFamily {
            /// Every family.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            const SHARES: &'static [(Self, u32)] = &[$((Self::$variant, $share)),*];

            /// The stable name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

families! {
    /// A letter with return line, window address, information block and footer columns.
    DinLetter = "din_letter", 10;
    /// Supplier at the left, title and numbers at the right, window address, footer or giro slip.
    TwoColumnHeader = "two_column_header", 10;
    /// Numbers and dates in a framed grid.
    GridHeader = "grid_header", 6;
    /// A narrow column next to the letter with the supplier or the numbers.
    SidePanel = "side_panel", 5;
    /// Everything on the middle axis, few words.
    Centred = "centred", 4;
    /// Telecom, energy, water: the summary first, then its details.
    Utility = "utility", 6;
    /// Subscriptions and calls: sums first, then pages with the usage of each number.
    Telecom = "telecom", 5;
    /// Statement of account: earlier balance, payments, new charges.
    Statement = "statement", 3;
    /// A narrow till roll.
    Receipt = "receipt", 7;
    /// Wide tables in small type, as enterprise systems print them.
    Export = "export", 6;
    /// A letter in sentences.
    Prose = "prose", 4;
    /// Many lines over several pages, with sums carried over.
    Continued = "continued", 3;
    /// A reminder.
    Reminder = "reminder", 3;
    /// Two cards of captions and values, chips, a box with the reference.
    Cards = "cards", 7;
    /// A dark band at the top with title and numbers.
    Band = "band", 6;
    /// Caption and value line by line, and almost nothing else.
    Listing = "listing", 4;
    /// Structured data printed in a typewriter's letters.
    DataPrint = "data_print", 5;
    /// Three or four columns at the top.
    ThreeColumns = "three_columns", 6;
    /// Parties as forms with a caption in every line.
    Forms = "forms", 5;
    /// Bands of blocks in any order.
    Free = "free", 16;
    /// A web shop's order with the payments made.
    WebShop = "web_shop", 5;
    /// A subscription's invoice: large amount, supplier and customer side by side.
    Subscription = "subscription", 6;
    /// A giro slip in the lower third.
    GiroSlip = "giro_slip", 9;
    /// Everything in ruled boxes, totals in a band at the foot.
    BoxedForm = "boxed_form", 6;
    /// The amount and the due date first, in large type.
    AmountFirst = "amount_first", 4;
    /// A craftsman's short invoice: letterhead, a few lines, sums, bank.
    Craftsman = "craftsman", 6;
    /// The template of a word processor: sparse, parties one below the other, table, total.
    Template = "template", 6;
    /// Ruled cells with tiny captions in their corners.
    Cells = "cells", 6;
    /// An accounting program's sheet: key figures along the left edge, totals above the lines.
    Ledger = "ledger", 4;
    /// A half-size sheet: parties in the left half, numbers and totals in the right one.
    Postcard = "postcard", 4;
}

impl fmt::Display for LayoutFamily {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

impl LayoutFamily {
    /// Families that training does not use: they calibrate confidences and reveal regressions.
    pub const HELD_OUT: &'static [Self] =
        &[Self::ThreeColumns, Self::BoxedForm, Self::Ledger, Self::Postcard];

    /// Whether it is one of [`LayoutFamily::HELD_OUT`].
    #[must_use]
    pub fn is_held_out(self) -> bool {
        Self::HELD_OUT.contains(&self)
    }

    pub(crate) fn draw(dice: &mut Dice) -> Self {
        dice.weighted_of(Self::SHARES).unwrap_or(Self::Free)
    }

    /// The kind of document of such a layout.
    pub(crate) fn document_kind(self, dice: &mut Dice) -> DocumentKind {
        match self {
            Self::Reminder => DocumentKind::Reminder,
            Self::Statement => DocumentKind::Statement,
            Self::Receipt => DocumentKind::Receipt,
            _ => dice.weighted([
                (DocumentKind::Invoice, 86),
                (DocumentKind::CreditNote, 6),
                (DocumentKind::Reminder, 1),
                (DocumentKind::Receipt, 1),
                (DocumentKind::OrderConfirmation, 3),
                (DocumentKind::Other, 3),
            ]),
        }
    }

    /// Removes the cases that such a layout cannot have.
    pub(crate) fn restrict(self, wanted: &mut BTreeSet<HardCase>) {
        // Without footer and greeting, a supplier that is not named above is not named at all.
        if self == Self::Postcard {
            wanted.remove(&HardCase::TotalsInTable);
        }
        if matches!(self, Self::Receipt | Self::DataPrint | Self::GiroSlip | Self::Listing) {
            wanted.remove(&HardCase::HiddenSupplier);
        }
    }

    /// Sets the invoice.
    pub(crate) fn compose(self, composer: &mut Composer) {
        match self {
            Self::DinLetter => composer.din_letter(),
            Self::TwoColumnHeader => composer.two_column_header(),
            Self::GridHeader => composer.grid_header(),
            Self::SidePanel => composer.side_panel(),
            Self::Centred => composer.centred(),
            Self::Utility => composer.utility(),
            Self::Telecom => composer.telecom(),
            Self::Statement => composer.statement(),
            Self::Receipt => composer.receipt(),
            Self::Export => composer.export(),
            Self::Prose => composer.prose_letter(),
            Self::Continued => composer.continued(),
            Self::Reminder => composer.reminder(),
            Self::Cards => composer.cards(),
            Self::Band => composer.band(),
            Self::Listing => composer.listing(),
            Self::DataPrint => composer.data_print(),
            Self::ThreeColumns => composer.three_columns(),
            Self::Forms => composer.forms(),
            Self::Free => composer.free(),
            Self::WebShop => composer.web_shop(),
            Self::Subscription => composer.subscription(),
            Self::GiroSlip => composer.giro_slip(),
            Self::BoxedForm => composer.boxed_form(),
            Self::AmountFirst => composer.amount_first(),
            Self::Craftsman => composer.craftsman(),
            Self::Template => composer.template(),
            Self::Cells => composer.ruled_cells(),
            Self::Ledger => composer.ledger(),
            Self::Postcard => composer.postcard(),
        }
    }
}
