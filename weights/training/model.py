"""The layout model: hashed text and geometry of words, mixed with their neighbours, and attention with a
bias for where words stand to each other. `crates/detection-candle/src/model.rs` is its counterpart.

Attention after Vaswani et al. 2017; the joint two-dimensional position bias follows the relative bias of
Raffel et al. 2020 (T5), over buckets of both distances at once.
"""

import torch
from torch import nn
from torch.nn import functional

X_EDGES = [3.0, 7.0, 12.0, 20.0, 32.0, 50.0, 80.0, 120.0, 180.0, 260.0, 380.0]
Y_EDGES = [4.0, 9.0, 15.0, 22.0, 32.0, 45.0, 65.0, 100.0, 160.0, 260.0, 400.0]


def gelu(values):
    return functional.gelu(values, approximate="tanh")


def buckets(distance, edges):
    """0 .. 2 * len(edges): the middle one for nearly nothing, to both sides the farther the further out."""
    place = torch.bucketize(distance.abs(), edges)
    return torch.where(distance < 0, len(edges) - place, len(edges) + place)


class Block(nn.Module):
    def __init__(self, width, heads, feed_forward, dropout):
        super().__init__()
        self.heads = heads
        self.mix_norm = nn.LayerNorm(width)
        self.mix = nn.Linear(4 * width, width)
        self.attend_norm = nn.LayerNorm(width)
        self.query_key_value = nn.Linear(width, 3 * width)
        self.attended = nn.Linear(width, width)
        self.feed_norm = nn.LayerNorm(width)
        self.widen = nn.Linear(width, feed_forward * width)
        self.narrow = nn.Linear(feed_forward * width, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, neighbours, bias):
        pages, words, width = x.shape
        normed = self.mix_norm(x)
        padded = torch.cat([normed.new_zeros(pages, 1, width), normed], 1)
        index = (neighbours + 1).reshape(pages, words * 4, 1).expand(-1, -1, width)
        mixed = torch.gather(padded, 1, index).reshape(pages, words, 4 * width)
        x = x + self.dropout(gelu(self.mix(mixed)))

        normed = self.attend_norm(x)
        split = self.query_key_value(normed).reshape(pages, words, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4)
        weights = torch.matmul(query, key.transpose(-1, -2)) * (width // self.heads) ** -0.5 + bias
        attended = torch.matmul(weights.softmax(-1), value).transpose(1, 2).reshape(pages, words, width)
        x = x + self.dropout(self.attended(attended))
        return x + self.dropout(self.narrow(gelu(self.widen(self.feed_norm(x)))))


class LayoutModel(nn.Module):
    def __init__(self, rows, surface, classes, roles, documents, width=128, blocks=4, heads=8, feed_forward=2, text_width=96, surface_width=128, dropout=0.05):
        super().__init__()
        self.architecture = {
            "rows": rows, "surface": surface, "classes": classes, "roles": roles, "documents": documents, "width": width, "blocks": blocks, "heads": heads,
            "feed_forward": feed_forward, "text_width": text_width, "surface_width": surface_width,
        }
        self.heads = heads
        self.text = nn.EmbeddingBag(rows, text_width, mode="sum", padding_idx=0)
        nn.init.normal_(self.text.weight, 0, 0.15)
        self.text.weight.data[0] = 0
        self.surface = nn.Linear(surface, surface_width)
        self.input = nn.Linear(text_width + surface_width, width)
        self.blocks = nn.ModuleList(Block(width, heads, feed_forward, dropout) for _ in range(blocks))
        self.norm = nn.LayerNorm(width)
        self.classes = nn.Linear(width, classes)
        self.starts = nn.Linear(width, 1)
        self.roles = nn.Linear(width, roles)
        self.documents = nn.Linear(2 * width, documents)
        self.y_buckets = 2 * len(Y_EDGES) + 1
        self.position_bias = nn.Parameter(torch.zeros((2 * len(X_EDGES) + 1) * self.y_buckets, heads))
        self.register_buffer("x_edges", torch.tensor(X_EDGES), persistent=False)
        self.register_buffer("y_edges", torch.tensor(Y_EDGES), persistent=False)
        self.text_dropout = nn.Dropout(0.1)

    def bias(self, positions, present):
        right = buckets(positions[:, :, None, 0] - positions[:, None, :, 0], self.x_edges)
        down = buckets(positions[:, :, None, 1] - positions[:, None, :, 1], self.y_edges)
        bias = functional.embedding(right * self.y_buckets + down, self.position_bias).permute(0, 3, 1, 2)
        return bias + torch.where(present, 0.0, -1e4)[:, None, None, :]

    def forward(self, ids, surface, neighbours, positions, present):
        """Logits: classes [pages, words, classes], span starts [pages, words], block roles [pages, words, roles],
        and the kind of document [pages, documents]."""
        pages, words, _ = ids.shape
        text = self.text(ids.reshape(pages * words, -1)).reshape(pages, words, -1) / 3
        x = self.input(torch.cat([self.text_dropout(text), gelu(self.surface(surface))], -1))
        bias = self.bias(positions, present)
        for block in self.blocks:
            x = block(x, neighbours, bias)
        x = self.norm(x)
        absent = ~present[:, :, None]
        mean = x.masked_fill(absent, 0).sum(1) / present.sum(1, keepdim=True).clamp(min=1)
        most = x.masked_fill(absent, -1e4).amax(1)
        documents = self.documents(torch.cat([mean, most], -1))
        return self.classes(x), self.starts(x).squeeze(-1), self.roles(x), documents
