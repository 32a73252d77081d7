"""Reads the feature shards that `synth shards` writes, and makes batches of pages of similar length."""

import json
import pathlib

import numpy as np
import torch
from safetensors import safe_open

WORD_TENSORS = ("ids", "flags", "geometry", "neighbours", "positions", "classes", "roles", "starts")


class Shard:
    """One safetensors file: features and labels of some thousand pages, one after the other."""

    def __init__(self, path):
        with safe_open(path, "np") as file:
            self.metadata = file.metadata()
            self.page_starts = file.get_tensor("page_starts")
            self.page_families = file.get_tensor("families")
            self.page_documents = file.get_tensor("documents")
            self.words = {name: file.get_tensor(name) for name in WORD_TENSORS}
        self.families = json.loads(self.metadata["families"])
        self.classes = json.loads(self.metadata["classes"])
        self.roles = json.loads(self.metadata["roles"])
        self.documents = json.loads(self.metadata["documents"])

    def __len__(self):
        return len(self.page_families)

    def family(self, page):
        return self.families[self.page_families[page]]

    def length(self, page):
        return int(self.page_starts[page + 1] - self.page_starts[page])

    def page(self, page):
        start, end = self.page_starts[page], self.page_starts[page + 1]
        words = {name: tensor[start:end] for name, tensor in self.words.items()}
        return {**words, "document": int(self.page_documents[page])}


def collate(pages):
    """Pads pages to one length; padded words have class -100, no ids and no neighbours."""
    longest = max(len(page["ids"]) for page in pages)

    def pad(name, fill, dtype):
        first = pages[0][name]
        padded = np.full((len(pages), longest) + first.shape[1:], fill, dtype)
        for row, page in enumerate(pages):
            padded[row, : len(page[name])] = page[name]
        return torch.from_numpy(padded)

    present = np.zeros((len(pages), longest), bool)
    for row, page in enumerate(pages):
        present[row, : len(page["ids"])] = True
    return {
        "ids": pad("ids", 0, np.int64),
        "surface": torch.cat([pad("geometry", 0, np.float32), pad("flags", 0, np.float32)], -1),
        "neighbours": pad("neighbours", -1, np.int64),
        "positions": pad("positions", 0, np.float32),
        "present": torch.from_numpy(present),
        "classes": pad("classes", -100, np.int64),
        "starts": pad("starts", 0, np.float32),
        "roles": pad("roles", -100, np.int64),
        "documents": torch.tensor([page["document"] for page in pages]),
    }


def batches(shard, pages, words_in_batch, random):
    """Shuffled batches of about `words_in_batch` words each, pages of similar length together."""
    pages = sorted(pages, key=lambda page: (shard.length(page) // 8, random.random()))
    groups, group, longest = [], [], 0
    for page in pages:
        longest = max(longest, shard.length(page))
        if group and longest * (len(group) + 1) > words_in_batch:
            groups.append(group)
            group, longest = [], shard.length(page)
        group.append(page)
    if group:
        groups.append(group)
    random.shuffle(groups)
    for group in groups:
        yield collate([shard.page(page) for page in group])


def shard_paths(folder):
    return sorted(pathlib.Path(folder).glob("shard-*.safetensors"))
