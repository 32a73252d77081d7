"""Writes a trained model as Fieldmark reads it: weights.safetensors, model.json, and recorded outputs for a test.

    python export.py --checkpoint RUN/last.pt --shards SHARDS --name layout-2 --recipe "…" --out ../layout-2
"""

import argparse
import hashlib
import json
import pathlib

import numpy as np
import torch
from safetensors.torch import save_file

from model import X_EDGES, Y_EDGES, LayoutModel
from shards import Shard, collate, shard_paths
from train import judge, value_classes


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def averaged(checkpoint):
    """The weights of a checkpoint's moving average."""
    saved = torch.load(checkpoint)["average"]
    return {name.removeprefix("module."): value for name, value in saved.items() if name != "n_averaged"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", required=True, type=pathlib.Path)
    parser.add_argument("--shards", required=True, help="one page of the first shard is recorded with its outputs")
    parser.add_argument("--name", required=True)
    parser.add_argument("--recipe", required=True, help="how the training data was made, in one sentence")
    parser.add_argument("--out", required=True, type=pathlib.Path)
    options = parser.parse_args()
    saved = torch.load(options.checkpoint)
    model = LayoutModel(**saved["architecture"]).eval()
    model.load_state_dict(averaged(options.checkpoint))
    options.out.mkdir(parents=True, exist_ok=True)

    weights = {name: tensor.contiguous().half() for name, tensor in model.state_dict().items()}
    save_file(weights, options.out / "weights.safetensors")
    model.load_state_dict({name: tensor.float() for name, tensor in weights.items()})

    begun_with = pathlib.Path(saved["options"]["init"])
    paths = shard_paths(options.shards)
    first = Shard(paths[0])
    held_out = saved["options"]["hold_out"].split(",")
    figures = judge(model, first, [page for page in range(len(first)) if first.family(page) in held_out], value_classes(first))
    model.eval()
    architecture = {key: value for key, value in saved["architecture"].items() if key not in ("rows", "surface", "classes", "roles", "documents")}
    features = {
        "version": saved["feature_version"], "rows": saved["architecture"]["rows"], "ids": first.words["ids"].shape[1],
        "flags": first.words["flags"].shape[1], "geometry": first.words["geometry"].shape[1],
    }
    described = {
        "name": options.name,
        "format": 1,
        "weights_sha256": sha256(options.out / "weights.safetensors"),
        "architecture": {**architecture, "x_edges": X_EDGES, "y_edges": Y_EDGES},
        "features": features,
        "classes": saved["classes"],
        "roles": saved["roles"],
        "documents": saved["documents"],
        "training": {
            "recipe": options.recipe,
            "pages": saved["state"]["pages"],
            "seed": int(saved["options"]["seed"]),
            "held_out_families": held_out,
            "shards": len(paths),
            "shards_sha256": hashlib.sha256("".join(sha256(path) for path in paths).encode()).hexdigest(),
            "initial_checkpoint_sha256": sha256(begun_with) if begun_with.is_file() else None,
        },
        "figures": {
            "held_out_word_f1_mean": round(figures["mean"], 4),
            "held_out_role_accuracy": round(figures["roles"], 4),
            "held_out_document_accuracy": round(figures["documents"], 4),
            "held_out_word_f1": {k: round(v, 4) for k, v in figures["f1"].items()},
        },
    }
    (options.out / "model.json").write_text(json.dumps(described, indent=1, ensure_ascii=False) + "\n")

    page = first.page(0)
    batch = collate([page])
    with torch.no_grad():
        classes, starts, roles, documents = model(batch["ids"], batch["surface"], batch["neighbours"], batch["positions"], batch["present"])
    recorded = {name: torch.from_numpy(np.ascontiguousarray(page[name])) for name in ("ids", "flags", "geometry", "neighbours", "positions")}
    recorded.update({"class_logits": classes[0].contiguous(), "start_logits": starts[0].contiguous()})
    recorded.update({"role_logits": roles[0].contiguous(), "document_logits": documents[0].contiguous()})
    save_file(recorded, options.out / "recorded-outputs.safetensors")


if __name__ == "__main__":
    main()
