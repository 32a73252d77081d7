#!/usr/bin/env bash
# Trains layout-2 from nothing and fits its confidences: shards, two runs, export, calibration. Goes on where it was
# broken off. About two hours on one core with shards and calibration, 80 minutes of them training.
set -euo pipefail
cd "$(dirname "$0")"
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/pip install --quiet -r requirements.txt
synth() { cargo run --release --quiet --package fieldmark-synth -- "$@"; }
held_out=three_columns,boxed_form,ledger,postcard

shards() { # seed, how many
    mkdir -p "shards/$1"
    for number in $(seq 0 $(($2 - 1))); do
        [ -e "shards/$1/shard-$(printf %04d "$number").safetensors" ] ||
            { synth --seed "$1" shards --out "shards/$1/new" --first "$number" --shards 1 --pages 4096 &&
                mv "shards/$1/new/"*.safetensors "shards/$1/"; }
    done
}

shards 1 13
.venv/bin/python train.py --shards shards/1 --run runs/first --pages 50000 --seed 1 --hold-out "$held_out" --bf16
shards 7 14
.venv/bin/python train.py --shards shards/7 --run runs/layout-2 --init runs/first/last.pt --pages 52000 --seed 7 \
    --learning-rate 1.2e-3 --hold-out "$held_out" --bf16
.venv/bin/python export.py --checkpoint runs/layout-2/last.pt --shards shards/7 --name layout-2 --out ../layout-2 \
    --recipe "$(cat recipe.txt)"
synth --seed 60602 evidence --model ../layout-2 --each 700 --out runs/evidence.jsonl
.venv/bin/python calibrate.py --evidence runs/evidence.jsonl --out ../../crates/domain/src/reading/confidence/weights.rs
cargo fmt --package fieldmark-domain
cargo test --package fieldmark-detection-candle --test agreement
