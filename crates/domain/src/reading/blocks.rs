//! Weighs a value by the block that contains it: names, numbers and accounts belong to the party of
//! their block, totals to the block of totals.
//!
//! Knows roles; the detector finds the extent of blocks.

use super::evidence::{PageEvidence, Span};
use super::mentions::Mention;
use crate::detection::BlockRole;
use crate::field::{Field, FieldKind};

/// Changes the score of a mention by the role of its block, in proportion to the role's score.
pub(super) fn weigh_block(page: &PageEvidence, span: &Span, field: Field, mention: &mut Mention) {
    let Some((role, sure)) = page.role(&span.words) else { return };
    match verdict(field, role) {
        Verdict::Usual => mention.raise(0.3 * sure, usual_reason(role)),
        Verdict::Rare(factor) if sure > 0.35 => {
            mention.lower(1.0 - (1.0 - factor) * sure.min(1.0), rare_reason(role));
        }
        Verdict::Rare(_) | Verdict::Possible => {}
    }
}

/// How a role and a field relate.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Verdict {
    /// The block usually contains the field.
    Usual,
    /// The block may contain the field.
    Possible,
    /// The block rarely contains the field: the score's factor.
    Rare(f32),
}

fn verdict(field: Field, role: BlockRole) -> Verdict {
    use BlockRole::{
        Agent, Bank, BillTo, Customer, Delivery, Footer, Identification, Lines, PaymentSlip, Supplier, Terms,
        Totals,
    };
    match field {
        Field::SupplierName => match role {
            Supplier => Verdict::Usual,
            Customer | Delivery | BillTo => Verdict::Rare(0.35),
            Agent => Verdict::Rare(0.5),
            Lines | Totals => Verdict::Rare(0.6),
            Terms => Verdict::Rare(0.8),
            Identification | Bank | PaymentSlip | Footer => Verdict::Possible,
        },
        Field::CustomerName => match role {
            Customer => Verdict::Usual,
            Supplier | Footer | Bank => Verdict::Rare(0.35),
            Agent | Delivery => Verdict::Rare(0.5),
            Lines | Totals => Verdict::Rare(0.6),
            Terms | BillTo => Verdict::Rare(0.8),
            Identification | PaymentSlip => Verdict::Possible,
        },
        Field::SupplierVatId | Field::SupplierOrgNumber | Field::SupplierAddress | Field::SupplierEmail => {
            match role {
                Supplier => Verdict::Usual,
                Customer | Delivery | BillTo => Verdict::Rare(0.4),
                Agent => Verdict::Rare(0.45),
                _ => Verdict::Possible,
            }
        }
        Field::CustomerVatId | Field::CustomerOrgNumber | Field::CustomerAddress | Field::CustomerEmail => {
            match role {
                Customer => Verdict::Usual,
                Supplier | Footer | Bank | Agent => Verdict::Rare(0.4),
                Delivery => Verdict::Rare(0.6),
                _ => Verdict::Possible,
            }
        }
        _ if matches!(field.kind(), FieldKind::Iban | FieldKind::Bic | FieldKind::Account) => match role {
            Bank | PaymentSlip => Verdict::Usual,
            Customer | Delivery | BillTo | Lines => Verdict::Rare(0.45),
            _ => Verdict::Possible,
        },
        Field::TotalNet | Field::TotalTax | Field::TotalGross => match role {
            Totals => Verdict::Usual,
            Lines => Verdict::Rare(0.75),
            _ => Verdict::Possible,
        },
        _ => Verdict::Possible,
    }
}

const fn usual_reason(role: BlockRole) -> &'static str {
    match role {
        BlockRole::Supplier => "it stands in the supplier's block",
        BlockRole::Customer => "it stands in the customer's block",
        BlockRole::Bank | BlockRole::PaymentSlip => "it stands where the payment is told",
        BlockRole::Totals => "it stands among the totals",
        _ => "it stands where such values do",
    }
}

const fn rare_reason(role: BlockRole) -> &'static str {
    match role {
        BlockRole::Supplier => "it stands in the supplier's block",
        BlockRole::Customer => "it stands in the customer's block",
        BlockRole::BillTo => "it stands in the block of a billing address",
        BlockRole::Delivery => "it stands in the block of a delivery address",
        BlockRole::Agent => "it stands in the block of a factor or representative",
        BlockRole::Lines => "it stands among the lines",
        BlockRole::Footer => "it stands in the page's foot",
        _ => "it stands in another block",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_role_is_home_to_both_parties() {
        let pairs = [
            (Field::SupplierName, Field::CustomerName),
            (Field::SupplierVatId, Field::CustomerVatId),
            (Field::SupplierOrgNumber, Field::CustomerOrgNumber),
            (Field::SupplierAddress, Field::CustomerAddress),
        ];
        for (supplier, customer) in pairs {
            assert_eq!(verdict(supplier, BlockRole::Supplier), Verdict::Usual);
            assert_eq!(verdict(customer, BlockRole::Customer), Verdict::Usual);
            for role in BlockRole::ALL {
                let both = (verdict(supplier, *role), verdict(customer, *role));
                assert_ne!(both, (Verdict::Usual, Verdict::Usual), "{role:?}");
            }
            assert!(matches!(verdict(supplier, BlockRole::Customer), Verdict::Rare(_)));
            assert!(matches!(verdict(customer, BlockRole::Supplier), Verdict::Rare(_)));
        }
    }
}
