"""Fits confidences on evidence of layout families that no training saw, and writes their weights as Rust.

    synth --seed 60602 evidence --out evidence.jsonl --each 700
    python calibrate.py --evidence evidence.jsonl --out ../../crates/domain/src/reading/confidence/weights.rs

A logistic regression for each field with samples enough (Platt 1999), by Newton's method, with a penalty that draws
its weights towards those of all fields together. Better ranks, greater leads, proofs and captions never make less sure,
failed checks and derivations never surer: weights of the wrong sign are set to zero and the others fitted again. Right
and wrong values are smoothed as Platt does, so that no field is ever certain.
"""

import argparse
import collections
import json
import pathlib

import numpy as np

# The sign that each weight may have; 0 is any. See `Evidence` in crates/domain/src/reading/confidence.rs.
SIGNS = np.array([0, 1, 1, 1, -1, -1, 1])
# Generated numbers have right check digits; those of samples and misprints have not and are right all the same. What
# the generated ones make of a failed check is therefore no measure for it.
FAILED_CHECK, LEAST_OF_FAILED_CHECK = 4, -0.8
# Where nearly all values are right a fit is as steep as it likes, and says nothing of ranks that it has not seen.
RANK, STEEPEST = 1, 1.0
ENOUGH = 300
PENALTY = 1.0


def probability(weights, rows):
    return 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))


def fitted(rows, right, towards):
    """The weights that explain which rows are right, none against its sign."""
    right_count, wrong_count = right.sum(), len(right) - right.sum()
    targets = np.where(right, (right_count + 1) / (right_count + 2), 1 / (wrong_count + 2))
    free = np.ones(len(SIGNS), bool)
    fixed = np.zeros(len(SIGNS))
    while True:
        weights = np.where(free, towards, fixed)
        for _ in range(60):
            p = probability(weights, rows)
            penalty = PENALTY * np.diag((np.arange(len(SIGNS)) > 0).astype(float))
            slope = rows.T @ (p - targets) + penalty @ (weights - towards)
            curve = (rows * (p * (1 - p) + 1e-6)[:, None]).T @ rows + penalty + 1e-6 * np.eye(len(SIGNS))
            step = np.zeros(len(SIGNS))
            step[free] = np.linalg.solve(curve[np.ix_(free, free)], slope[free])
            weights = weights - np.clip(step, -2, 2)
            if np.abs(step).max() < 1e-6:
                break
        wrong = free & (SIGNS * weights < -1e-9)
        if free[RANK] and weights[RANK] > STEEPEST:
            free[RANK], fixed[RANK] = False, STEEPEST
        elif not wrong.any():
            weights[FAILED_CHECK] = max(weights[FAILED_CHECK], LEAST_OF_FAILED_CHECK)
            return weights
        free &= ~wrong


def gap(confidence, right, bins=15):
    """Expected calibration error with bins of equal width (Guo et al. 2017)."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    return sum(abs(confidence[place == b].mean() - right[place == b].mean()) * (place == b).mean() for b in np.unique(place))


def needed(confidence, right, precision):
    """The lowest confidence from which on values together are right so often, with it and all above it."""
    order = np.argsort(-confidence)
    together = np.cumsum(right[order]) / (np.arange(len(order)) + 1)
    fails = np.nonzero(together < precision)[0]
    fails = fails[fails > 200]  # the first few say little
    last = fails[0] - 1 if len(fails) else len(order) - 1
    return float(confidence[order[last]])


def variant(name):
    return "".join(part.capitalize() for part in name.split("_"))


def row_of(weights):
    return "[" + ", ".join(f"{weight + 0.0:.3f}" for weight in weights) + "]"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evidence", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    options = parser.parse_args()
    samples = collections.defaultdict(list)
    for line in options.evidence.open(encoding="utf-8"):
        sample = json.loads(line)
        samples[sample["field"]].append((sample["evidence"], sample["right"]))
    table = {field: (np.array([e for e, _ in rows], float), np.array([r for _, r in rows], bool)) for field, rows in samples.items()}
    all_rows = np.concatenate([rows for rows, _ in table.values()])
    all_right = np.concatenate([right for _, right in table.values()])
    others = fitted(all_rows, all_right, np.array([0.0, 0.7, 0.1, 0.0, 0.0, 0.0, 0.0]))
    fields, told = {}, []
    for field, (rows, right) in sorted(table.items()):
        if len(right) >= ENOUGH:
            fields[field] = fitted(rows, right, others)
            if not fields[field][RANK] and not fields[field][RANK + 1]:
                # Nothing of the rank would be left: what holds of all fields holds of this one.
                fields[field] = others
        weights = fields.get(field, others)
        told.append((probability(weights, rows), right))
        print(f"{field:22} {len(right):6} right {right.mean():.3f} gap {gap(probability(weights, rows), right):.3f}")
    confidence, right = (np.concatenate(parts) for parts in zip(*told))
    steps, least = [], 0.0
    for precision in (0.9, 0.95, 0.97, 0.98, 0.985, 0.99, 0.995):
        least = max(least, needed(confidence, right, precision))
        share = (right & (confidence >= least)).sum() / len(right)
        print(f"precision {precision}: from {least:.4f} on, {share:.3f} of all values")
        steps.append(f"({precision}, {least:.4f})")
    print(f"all fields {len(right)} gap {gap(confidence, right):.4f}")
    lines = [f"    (Field::{variant(field)}, {row_of(weights)})," for field, weights in fields.items()]
    options.out.write_text(
        "//! Written by `weights/training/calibrate.py`: the weights of each field's evidence.\n\n"
        "use super::Evidence;\nuse crate::field::Field;\n\n"
        "/// Fields with samples enough of their own.\n"
        f"pub(super) const FIELDS: [(Field, Evidence); {len(fields)}] = [\n" + "\n".join(lines) + "\n];\n\n"
        "/// All other fields.\n"
        f"pub(super) const OTHERS: Evidence = {row_of(others)};\n\n"
        "/// Precisions, and the confidences from which on values together have them.\n"
        f"pub(super) const NEEDED: [(f32, f32); {len(steps)}] = [{', '.join(steps)}];\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
