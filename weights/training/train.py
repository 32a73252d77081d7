"""Trains the layout model on feature shards; goes on from `RUN/last.pt` when it is there.

    python train.py --shards SHARDS --run RUN --pages 120000

Layout families named by --hold-out are never trained on: checkpoints are judged on them.
"""

import argparse
import json
import math
import pathlib
import random
import time

import torch
from torch.nn import functional

from model import LayoutModel
from shards import Shard, batches, shard_paths


def learning_rate(options, done):
    warm = min(1.0, (done + 1) / 4000)
    return options.learning_rate * warm * (0.5 * (1 + math.cos(math.pi * min(1.0, done / options.pages))) * 0.97 + 0.03)


def optimizer_of(model, options):
    decayed, plain = [], []
    for name, parameter in model.named_parameters():
        wanted = parameter.ndim > 1 and not name.startswith(("text", "position_bias"))
        (decayed if wanted else plain).append(parameter)
    groups = [{"params": decayed, "weight_decay": 0.02}, {"params": plain, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=options.learning_rate, betas=(0.9, 0.98), fused=True)


def loss_of(model, batch, class_weights, mask_words):
    ids, surface = batch["ids"], batch["surface"]
    if mask_words:
        # Some words without their text: the place and the shape must do.
        ids = ids.masked_fill((torch.rand(ids.shape[:2]) < mask_words)[:, :, None], 0)
    classes, starts, roles, documents = model(ids, surface, batch["neighbours"], batch["positions"], batch["present"])
    target = batch["classes"]
    of_class = functional.cross_entropy(
        classes.float().flatten(0, 1), target.flatten(), weight=class_weights, ignore_index=-100
    )
    labelled = target > 0
    of_start = functional.binary_cross_entropy_with_logits(starts.float()[labelled], batch["starts"][labelled])
    of_role = functional.cross_entropy(roles.float().flatten(0, 1), batch["roles"].flatten(), ignore_index=-100)
    of_document = functional.cross_entropy(documents.float(), batch["documents"])
    return of_class + 0.2 * of_start + 0.3 * of_role + 0.05 * of_document


@torch.no_grad()
def judge(model, shard, pages, values):
    """Word F1 of each value class on held-out pages, their mean, and the shares of right roles and right documents."""
    model.eval()
    right, found, there = (torch.zeros(len(shard.classes)) for _ in range(3))
    roles_right = documents_right = words = 0
    for batch in batches(shard, pages, 4000, random.Random(0)):
        logits, _, roles, documents = model(batch["ids"], batch["surface"], batch["neighbours"], batch["positions"], batch["present"])
        answer, target = logits.argmax(-1)[batch["present"]], batch["classes"][batch["present"]]
        for counts, classes in ((right, target[answer == target]), (found, answer), (there, target)):
            counts += torch.bincount(classes, minlength=len(counts)).float()
        role = batch["roles"][batch["present"]]
        roles_right += (roles.argmax(-1)[batch["present"]] == role).sum().item()
        documents_right += (documents.argmax(-1) == batch["documents"]).sum().item()
        words += len(role)
    model.train()
    f1 = {name: (2 * right[i] / (found[i] + there[i])).item() for i, name in enumerate(shard.classes) if name in values and there[i]}
    mean = sum(f1.values()) / max(1, len(f1))
    return {"mean": mean, "f1": f1, "roles": roles_right / max(1, words), "documents": documents_right / max(1, len(pages))}


def value_classes(shard):
    """The names of the classes that are fields' values."""
    captioned = {name for name in shard.classes if f"caption:{name}" in shard.classes}
    return captioned | {"supplier_name", "customer_name", "supplier_address", "customer_address", "customer_email"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shards", required=True)
    parser.add_argument("--run", required=True, type=pathlib.Path)
    parser.add_argument("--init", type=pathlib.Path, help="weights of an earlier run to begin with")
    parser.add_argument("--pages", type=int, default=120_000, help="pages to train on in all")
    parser.add_argument("--hold-out", default="", help="comma-separated layout families to judge on")
    parser.add_argument("--words-in-batch", type=int, default=2600)
    parser.add_argument("--learning-rate", type=float, default=1.5e-3)
    parser.add_argument("--mask-words", type=float, default=0.02)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--bf16", action="store_true")
    options = parser.parse_args()
    options.run.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)

    held_out = set(filter(None, options.hold_out.split(",")))
    paths = shard_paths(options.shards)
    judged = Shard(paths[0])
    judged_pages = [page for page in range(len(judged)) if judged.family(page) in held_out][:800]
    values = value_classes(judged)
    surface = judged.words["geometry"].shape[1] + judged.words["flags"].shape[1]
    model = LayoutModel(int(judged.metadata["table_rows"]), surface, len(judged.classes), len(judged.roles), len(judged.documents))
    average = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.998))
    optimizer = optimizer_of(model, options)
    state = {"pages": 0, "steps": 0, "shard": 0}
    last = options.run / "last.pt"
    if last.exists():
        saved = torch.load(last)
        model.load_state_dict(saved["model"])
        average.load_state_dict(saved["average"])
        optimizer.load_state_dict(saved["optimizer"])
        torch.set_rng_state(saved["random"])
        state = saved["state"]
    elif options.init:
        saved = torch.load(options.init)
        model.load_state_dict({name.removeprefix("module."): value for name, value in saved["average"].items() if name != "n_averaged"})
        average.module.load_state_dict(model.state_dict())
    print(f"{sum(p.numel() for p in model.parameters())} parameters, from {state}", flush=True)

    class_weights = torch.ones(len(judged.classes))
    class_weights[0] = 0.7
    began, began_pages, smooth = time.time(), state["pages"], None
    while state["pages"] < options.pages:
        paths = shard_paths(options.shards)  # more may have been written meanwhile
        shard = Shard(paths[state["shard"] % len(paths)])
        pages = [page for page in range(len(shard)) if shard.family(page) not in held_out]
        for batch in batches(shard, pages, options.words_in_batch, random.Random(options.seed * 1000 + state["shard"])):
            for group in optimizer.param_groups:
                group["lr"] = learning_rate(options, state["pages"])
            with torch.autocast("cpu", torch.bfloat16, enabled=options.bf16):
                loss = loss_of(model, batch, class_weights, options.mask_words)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            average.update_parameters(model)
            state["pages"] += len(batch["ids"])
            state["steps"] += 1
            smooth = loss.item() if smooth is None else 0.98 * smooth + 0.02 * loss.item()
            if state["steps"] % 50 == 0:
                speed = (state["pages"] - began_pages) / (time.time() - began)
                print(f"{state['steps']} steps {state['pages']} pages {speed:.1f} pages/s loss {smooth:.4f}", flush=True)
        state["shard"] += 1
        figures = judge(average.module, judged, judged_pages, values)
        worst = [(name, round(f1, 3)) for name, f1 in sorted(figures["f1"].items(), key=lambda item: item[1])[:8]]
        print(
            f"judged after {state['pages']} pages: mean F1 {figures['mean']:.4f}, roles {figures['roles']:.4f}, "
            f"documents {figures['documents']:.4f}, worst {worst}",
            flush=True,
        )
        saved = {
            "model": model.state_dict(), "average": average.state_dict(), "optimizer": optimizer.state_dict(), "random": torch.get_rng_state(),
            "state": state, "architecture": model.architecture, "classes": judged.classes, "roles": judged.roles, "documents": judged.documents,
            "feature_version": int(judged.metadata["feature_version"]), "options": {k: str(v) for k, v in vars(options).items()},
            "judged": figures,
        }
        torch.save(saved, options.run / "next.pt")
        (options.run / "next.pt").replace(last)
    print(json.dumps(saved["judged"], indent=1))


if __name__ == "__main__":
    main()
