//! Written by `weights/training/calibrate.py`: the weights of each field's evidence.

use super::Evidence;
use crate::field::Field;

/// Fields with samples enough of their own.
pub(super) const FIELDS: [(Field, Evidence); 0] = [];

/// All other fields.
pub(super) const OTHERS: Evidence = [1.0, 0.8, 0.1, 0.5, -0.5, -0.3, 0.2];

/// Precisions, and the confidences from which on values together have them.
pub(super) const NEEDED: [(f32, f32); 2] = [(0.9, 0.6), (0.99, 0.9)];
