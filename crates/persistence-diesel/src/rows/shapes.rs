//! The JSON shapes that several columns share: checks, boxes, values.

use fieldmark_domain::check::Check;
use fieldmark_domain::field::Field;
use fieldmark_domain::geometry::{BoundingBox, PageBox};
use fieldmark_domain::values::FieldValue;
use serde::{Deserialize, Serialize};

use crate::faults::Fault;

/// A check and its result.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CheckShape {
    name: String,
    passed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

impl From<&Check> for CheckShape {
    fn from(check: &Check) -> Self {
        Self { name: check.name.to_string(), passed: check.passed, detail: check.detail.clone() }
    }
}

impl From<CheckShape> for Check {
    fn from(check: CheckShape) -> Self {
        Self { name: check.name.into(), passed: check.passed, detail: check.detail }
    }
}

pub(super) fn checks_written(checks: &[Check]) -> Vec<CheckShape> {
    checks.iter().map(CheckShape::from).collect()
}

pub(super) fn checks_read(checks: Vec<CheckShape>) -> Vec<Check> {
    checks.into_iter().map(Check::from).collect()
}

/// A box on a page, in fractions of the page.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct BoxShape {
    page: u32,
    left: f32,
    top: f32,
    width: f32,
    height: f32,
}

impl From<PageBox> for BoxShape {
    fn from(PageBox { page, bounds }: PageBox) -> Self {
        let BoundingBox { left, top, width, height } = bounds;
        Self { page, left, top, width, height }
    }
}

impl From<BoxShape> for PageBox {
    fn from(BoxShape { page, left, top, width, height }: BoxShape) -> Self {
        Self { page, bounds: BoundingBox { left, top, width, height } }
    }
}

/// A value, parsed from its normal form.
pub(super) fn value_read(field: Field, text: &str) -> Result<FieldValue, Fault> {
    let refused = |error| Fault::broken(format!("a stored value is invalid for {field}: {error}"));
    FieldValue::parse_stated(field.kind(), text).map_err(refused)
}
