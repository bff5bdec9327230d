"""How the sentence encoder learns: a network over all-MiniLM-L6-v2, and its rounds. Needs torch."""

import copy
import random
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import torch  # type: ignore[import-not-found] # an environment of its own has it
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped] # untyped
from transformers import AutoModel  # type: ignore[import-not-found] # as torch

from triage.classifier import Entry
from triage.classifier.corpus import Kind
from triage.classifier.vectors import (
    BEGIN,
    END,
    SIGNALS,
    plain,
    tokenizer,
)
from triage.taxonomy import Topic

KINDS = list(Kind)
TOPICS = list(Topic)
WIDTH = len(KINDS) + len(TOPICS) + len(SIGNALS)

# Two rounds. The first has two passes, one over all entries and one over those that were not
# written to mislead. The second has one, at a lower rate, over the batches in which all is written
# as it flows past a shop: each of the others is of a kind that was missed, and together they are
# too many. The result of either is the mean of the weights every so many steps of its later part
# (Izmailov et al. 2018, Averaging Weights Leads to Wider Optima and Better Generalization), and
# that of both the mean of the two. Of the encoder made of three parts, AUC of its own word on posts
# and reviews nobody here wrote and on a breeder's mail, and topics right there: after the first
# round .871 .935 .927 .72, after the second .878 .942 .929 .69, the mean .878 .939 .928 .71. One
# part alone: first round .849 .938 .935, second .866 .944 .938.
NATURAL = re.compile(r"ordinary|.*-n\d")
STRIDE = 10
TRICKY = 0.25  # what an entry written to mislead counts
RATES = (4e-5, 2e-5)  # of the encoder in either round
HEADS = 7.5  # so many times as fast learn its heads
WARM_UP = 0.1  # share of the steps in which the rate rises; afterwards it falls to nothing
TOPIC_SHARE = 0.5  # of the topics' loss beside the kinds'
SIGNAL_SHARE = 0.2  # of the signals', each of which is one more
RAREST = 10.0  # how much a text with a signal counts at most, beside one without
RIDGES = (0.01, 0.003, 0.003)  # of the first heads, of kinds, of topics, of signals
NARROW = 0.2  # a number that varies less than so much of the median is no help to them
BATCH = 32
LENGTH = 160  # word pieces of a text that are learned: 9 of 10 letters are no longer
STEP = 16  # a batch is padded to a multiple: a new length costs the processor a new plan


class Net(torch.nn.Module):
    """The encoder with a head for the kind, the topic and the signals: 3 + 14 + 5 numbers."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, attn_implementation="eager")
        self.encoder.embeddings.requires_grad_(False)
        self.heads = torch.nn.Linear(self.encoder.config.hidden_size, WIDTH)
        self.dropout = torch.nn.Dropout(0.1)

    def mean(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        pieces = self.encoder(input_ids=input_ids, attention_mask=attention_mask)
        mask = attention_mask[..., None].float()
        return (pieces.last_hidden_state * mask).sum(1) / mask.sum(1)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return self.heads(self.dropout(self.mean(input_ids, attention_mask)))


def probe(net: Net, texts: Sequence[Sequence[int]], entries: Sequence[Entry]) -> None:
    """Sets the heads to logistic regressions on the vectors as published."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    vectors = np.zeros((len(texts), net.heads.in_features), np.float32)
    net.eval()
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            vectors[batch] = net.mean(*padded([texts[i] for i in batch])).float().numpy()
    middle, spread = vectors.mean(axis=0), vectors.std(axis=0)
    spread = np.maximum(spread, NARROW * np.median(spread))
    vectors = (vectors - middle) / spread
    targets = ([str(each.kind) for each in entries], [str(each.topic) for each in entries])
    weights = (weigh(entries), None)
    rows, bias = [], []
    for names, all_names, ridge, weight in zip(
        targets, (KINDS, TOPICS), RIDGES[:2], weights, strict=True
    ):
        head = LogisticRegression(C=ridge, max_iter=1000, class_weight="balanced")
        head.fit(vectors, names, sample_weight=weight)
        places = [list(head.classes_).index(name) for name in all_names]
        rows.append(head.coef_[places] / spread)
        bias.append(head.intercept_[places] - rows[-1] @ middle)
    looked = [i for i, each in enumerate(entries) if each.signals is not None]
    for signal in SIGNALS:
        head = LogisticRegression(C=RIDGES[2], max_iter=1000, class_weight="balanced")
        head.fit(vectors[looked], [signal in (entries[i].signals or ()) for i in looked])
        rows.append(head.coef_ / spread)
        bias.append(head.intercept_ - rows[-1] @ middle)
    with torch.no_grad():
        net.heads.weight.copy_(torch.tensor(np.concatenate(rows)))
        net.heads.bias.copy_(torch.tensor(np.concatenate(bias)))


def weigh(entries: Sequence[Entry]) -> np.ndarray:
    """How much each entry counts for the kinds."""
    return np.array([TRICKY if each.tricky else 1.0 for each in entries])


def train(entries: Sequence[Entry], base: Path, seed: int) -> Net:
    """The network that has learned the entries."""
    random.seed(seed)
    torch.manual_seed(seed)
    net = Net(base)
    read = tokenizer()
    texts = [read(plain(each.text))[:LENGTH] for each in entries]
    probe(net, texts, entries)
    everything = range(len(entries))
    every = list(_batches(everything, texts))
    honest = list(_batches([i for i in everything if not entries[i].tricky], texts))
    natural = [i for i in everything if NATURAL.match(entries[i].batch)]
    lesson = Lesson.of(entries, texts)
    first = _learn(net, lesson, every + honest, RATES[0], early=len(every), name=f"{seed}")
    flow = list(_batches(natural, texts))
    second = _learn(
        copy.deepcopy(first), lesson, flow, RATES[1], early=len(flow) // 3, name=f"{seed}, again"
    )
    return mean([first, second])


def mean(nets: Sequence[Net]) -> Net:
    """The network whose weights are the mean of theirs."""
    whole = copy.deepcopy(nets[0])
    states = [net.state_dict() for net in nets]
    for name, weight in whole.state_dict().items():
        if weight.is_floating_point():
            weight.copy_(torch.stack([state[name] for state in states]).mean(0))
    return whole.eval()


@dataclass(frozen=True)
class Lesson:
    """What is learned of each entry, as tensors of one row an entry. `rarity`: rare signals count
    for more, so that those with and those without weigh alike, within reason."""

    texts: Sequence[Sequence[int]]
    kinds: torch.Tensor
    weights: torch.Tensor
    topics: torch.Tensor
    looked: torch.Tensor
    signals: torch.Tensor
    rarity: torch.Tensor

    @classmethod
    def of(cls, entries: Sequence[Entry], texts: Sequence[Sequence[int]]) -> Self:
        looked = torch.tensor([each.signals is not None for each in entries])
        signals = torch.tensor([[s in (each.signals or ()) for s in SIGNALS] for each in entries])
        rarity = looked.sum() / signals.sum(0).clamp(min=1) - 1
        return cls(
            texts,
            torch.tensor([KINDS.index(each.kind) for each in entries]),
            torch.tensor(weigh(entries) / weigh(entries).mean()).float(),
            torch.tensor([TOPICS.index(each.topic or Topic.OTHER) for each in entries]),
            looked,
            signals.float(),
            rarity.clamp(max=RAREST),
        )

    def loss(self, said: torch.Tensor, batch: Sequence[int]) -> torch.Tensor:
        """Of what was said of the entries of a batch."""
        entropy = torch.nn.functional.cross_entropy
        of_kinds = entropy(said[:, : len(KINDS)], self.kinds[batch], reduction="none")
        of_topics = entropy(said[:, len(KINDS) : -len(SIGNALS)], self.topics[batch])
        of_signals = torch.nn.functional.binary_cross_entropy_with_logits(
            said[:, -len(SIGNALS) :],
            self.signals[batch],
            pos_weight=self.rarity,
            reduction="none",
        )
        return (
            (self.weights[batch] * of_kinds).mean()
            + TOPIC_SHARE * of_topics
            + SIGNAL_SHARE * (of_signals.sum(1) * self.looked[batch]).mean()
        )


def _learn(
    net: Net, lesson: Lesson, plan: Sequence[Sequence[int]], rate: float, *, early: int, name: str
) -> Net:
    """One round over the batches of a plan: the mean of the weights after its `early` steps."""
    groups = [
        {"params": [p for p in net.encoder.parameters() if p.requires_grad], "lr": rate},
        {"params": net.heads.parameters(), "lr": HEADS * rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = len(plan)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / (WARM_UP * steps), (steps - step) / ((1 - WARM_UP) * steps)),
    )
    average = torch.optim.swa_utils.AveragedModel(net)
    net.train()
    begun = time.monotonic()
    for done, batch in enumerate(plan, 1):
        pieces, mask = padded([lesson.texts[i] for i in batch])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            said = net(pieces, mask)
        optimizer.zero_grad()
        lesson.loss(said.float(), batch).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if done > early and done % STRIDE == 0:
            average.update_parameters(net)
        if done % 20 == 0 or done == steps:
            spent = time.monotonic() - begun
            print(f"{name}: step {done} of {steps}, {spent:.0f} s", file=sys.stderr, flush=True)
    return average.module.eval()


def _batches(chosen: Sequence[int], texts: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Indices by chance, texts of like length together: little is padding."""
    order = list(chosen)
    random.shuffle(order)
    pool = BATCH * 16
    batches = []
    for start in range(0, len(order), pool):
        alike = sorted(order[start : start + pool], key=lambda i: len(texts[i]))
        batches += [alike[i : i + BATCH] for i in range(0, len(alike), BATCH)]
    random.shuffle(batches)
    yield from batches


def padded(texts: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    longest = max(len(text) for text in texts) + 2
    width = -(-longest // STEP) * STEP
    pieces = torch.zeros((len(texts), width), dtype=torch.long)
    mask = torch.zeros_like(pieces)
    for row, text in enumerate(texts):
        pieces[row, : len(text) + 2] = torch.tensor([BEGIN, *text, END])
        mask[row, : len(text) + 2] = 1
    return pieces, mask
