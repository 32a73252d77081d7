//! Hard cases: features of some real invoices that make them hard to read.
//!
//! Owns their names and their frequencies. The block that a case concerns sets it if the invoice
//! allows it, and records it; the invoice lists the cases that were set.

use std::collections::BTreeSet;
use std::fmt;

use crate::composer::Composer;
use crate::random::Dice;

#[cfg(test)]
mod tests;

macro_rules! hard_cases {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $share:literal;)*) => {
        /// A feature that makes an invoice hard to read.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum HardCase {
            $($(#[$doc])* $variant,)*
        }

        impl HardCase {
            /// Every case.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// How often each is requested; it is set less often, because not every invoice allows
            /// it.
            const SHARES: &'static [(Self, f64)] = &[$((Self::$variant, $share)),*];

            /// The stable name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

hard_cases! {
    /// A brand, a trading name or a department next to the supplier's legal name.
    SupplierTradeName = "supplier_trade_name", 0.08;
    /// A contact or a trading name above or below the customer's legal name.
    CustomerTradeName = "customer_trade_name", 0.07;
    /// A party whose name consists of ordinary words, or is a placeholder.
    OrdinaryName = "ordinary_name", 0.07;
    /// A person in business as the supplier.
    OnePersonFirm = "one_person_firm", 0.06;
    /// A private person who claims expenses from a club or an authority.
    Reimbursement = "reimbursement", 0.04;
    /// "c/o" within an address.
    CareOf = "care_of", 0.06;
    /// A name over two lines.
    LongName = "long_name", 0.06;
    /// No letterhead names the supplier, but the footer, the bank block, the return line or the
    /// greeting.
    HiddenSupplier = "hidden_supplier", 0.08;
    /// A factor, a tax representative or a payee, with its own numbers.
    Agent = "agent", 0.07;
    /// An address for invoices that is not the buyer's own.
    BillTo = "bill_to", 0.05;
    /// A delivery address with its own numbers.
    NumberedDelivery = "numbered_delivery", 0.07;
    /// Sold to, shipped to and billed to in three columns.
    ThreeParties = "three_parties", 0.06;
    /// Numbers of both parties side by side with the same captions.
    PairedNumbers = "paired_numbers", 0.09;
    /// The register's number printed only as part of the VAT number.
    NumberInVat = "number_in_vat", 0.08;
    /// The register's number with its court before or after it.
    CourtText = "court_text", 0.06;
    /// The payer's own account, a mandate and the creditor's identifier.
    DirectDebit = "direct_debit", 0.06;
    /// The table of tax rates, with a base for each, directly above the totals.
    RateTableAbove = "rate_table_above", 0.08;
    /// Sums of sections, and of hours, within the lines.
    SectionSums = "section_sums", 0.05;
    /// Large amounts with spaces between their thousands.
    SpacedAmounts = "spaced_amounts", 0.08;
    /// The totals as the last row of the lines.
    TotalsInTable = "totals_in_table", 0.06;
    /// A table of discounts, with a sum.
    DiscountTable = "discount_table", 0.6;
    /// "Already paid 0.00".
    ZeroPaid = "zero_paid", 0.06;
    /// The amount per person.
    PerPerson = "per_person", 0.05;
    /// Day of delivery, order and references as small rows in the middle of a letter.
    LetterRows = "letter_rows", 0.07;
    /// The payment reference within a sentence, often the invoice's number with a prefix.
    ReferenceInSentence = "reference_in_sentence", 0.06;
    /// A payment reference broken into groups.
    BrokenReference = "broken_reference", 0.3;
    /// The currency named once above the table, and next to no amount.
    CurrencyHeading = "currency_heading", 0.05;
    /// The currency shown only by its sign.
    CurrencySign = "currency_sign", 0.06;
    /// The total in a second currency, with the exchange rate.
    TwoCurrencies = "two_currencies", 0.05;
    /// The costs of labour, material and similar parts, above the net.
    NetParts = "net_parts", 0.05;
    /// The amount to pay in case of early payment.
    EarlyPayment = "early_payment", 0.05;
    /// Totals in cells that are too narrow: the currency below its amount.
    NarrowTotals = "narrow_totals", 0.09;
    /// Totals in two columns, the second one in another currency.
    CurrencyColumns = "currency_columns", 0.08;
    /// An empty box to be filled in by hand.
    BlankForm = "blank_form", 0.07;
    /// A box of notes with amounts and percentages that are not fields.
    InformationBox = "information_box", 0.07;
}

impl fmt::Display for HardCase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

impl HardCase {
    /// Draws the cases that are requested of an invoice.
    pub(crate) fn draw(dice: &mut Dice) -> BTreeSet<Self> {
        let mut cases: BTreeSet<Self> =
            Self::SHARES.iter().filter(|(_, share)| dice.chance(*share)).map(|(case, _)| *case).collect();
        // A name of ordinary words is hardest next to another name.
        if cases.contains(&Self::OrdinaryName) && dice.chance(0.4) {
            cases.insert(Self::CustomerTradeName);
        }
        cases
    }
}

impl Composer {
    /// Whether a case is requested and not set yet.
    pub(crate) fn wants(&self, case: HardCase) -> bool {
        self.wanted.contains(&case) && !self.met.contains(&case)
    }

    /// Whether a case is requested, set or not.
    pub(crate) fn is_to_have(&self, case: HardCase) -> bool {
        self.wanted.contains(&case)
    }

    /// Records that a case was set.
    pub(crate) fn meet(&mut self, case: HardCase) {
        self.met.insert(case);
    }

    /// Whether a case should be set now; if so, records it.
    pub(crate) fn takes(&mut self, case: HardCase) -> bool {
        let takes = self.wants(case);
        if takes {
            self.meet(case);
        }
        takes
    }
}
