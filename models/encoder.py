"""`make encoder`: trains the sentence encoder of the semantic model, and its twins.

Run in an environment of its own (torch, transformers, onnx) when the corpus has grown much; it
takes half an hour on two cores, and its result is not the same to the bit on other processors. What
ships is therefore its result: `encoder.onnx`, whose digest `triage/classifier/vectors.py` pins, and
`corpus.npz`, what encoders that had not learned a text say of it.

all-MiniLM-L6-v2 (Wang et al. 2020, Reimers and Gurevych 2019; Apache-2.0) is trained further to
tell kinds and topics (Devlin et al. 2019, section 3.2), and written as int8 ONNX. The heads begin
as logistic regressions on the vectors as published, so that the first steps do not pull the encoder
after heads that know nothing (Kumar et al. 2022, Fine-Tuning can Distort Pretrained Features).
"""

import argparse
import hashlib
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx  # noqa: F401 # type: ignore[import-not-found] # torch's export needs it
import torch  # type: ignore[import-not-found] # an environment of its own has it
from onnxruntime.quantization import (  # type: ignore[import-untyped] # untyped
    QuantType,
    quantize_dynamic,
)
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped] # untyped
from transformers import AutoModel  # type: ignore[import-not-found] # as torch

from triage.classifier import Entry, corpus, vectorfile
from triage.classifier.corpus import Kind
from triage.classifier.folds import split
from triage.classifier.vectorfile import Halves, Table
from triage.classifier.vectors import (
    BEGIN,
    ENCODER,
    END,
    VOCABULARY,
    Vectors,
    plain,
    tokenizer,
)
from triage.taxonomy import Topic

HERE = Path(__file__).parent
# SHA-256 of the official weights, model.safetensors of all-MiniLM-L6-v2.
BASE = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
KINDS = list(Kind)
TOPICS = list(Topic)
WIDTH = len(KINDS) + len(TOPICS)
TWINS = 2
# Batches written after the encoder that ships was trained: it has not learned them, and reads them
# itself. Trained on them as well (two tries) it told letters apart better and public posts worse:
# AUC .864 or less, instead of .874.
NEWER = ("letters-p", "posts-o", "reviews-o", "shop-o")

# Two passes: one over all entries, and one over those that were not written to mislead. The result
# is the mean of the weights every so many steps of the second (Izmailov et al. 2018, Averaging
# Weights Leads to Wider Optima and Better Generalization).
STRIDE = 10
TRICKY = 0.25  # what an entry written to mislead counts
RATE = 4e-5  # of the encoder; its heads learn at HEAD_RATE
HEAD_RATE = 3e-4
WARM_UP = 0.1  # share of the steps in which the rate rises; afterwards it falls to nothing
TOPIC_SHARE = 0.5  # of the topics' loss beside the kinds'
RIDGES = (0.01, 0.003)  # of the first heads, of kinds and of topics
NARROW = 0.2  # a number that varies less than so much of the median is no help to them
BATCH = 32
LENGTH = 94  # word pieces of a text that are learned: 89 % of the texts are no longer
STEP = 16  # a batch is padded to a multiple: a new length costs the processor a new plan
SEED = 0


class Net(torch.nn.Module):
    """The encoder with a head for the kind and one for the topic: 3 + 14 numbers a text."""

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
            vectors[batch] = net.mean(*_padded([texts[i] for i in batch])).float().numpy()
    middle, spread = vectors.mean(axis=0), vectors.std(axis=0)
    spread = np.maximum(spread, NARROW * np.median(spread))
    targets = ([str(each.kind) for each in entries], [str(each.topic) for each in entries])
    weights = (weigh(entries), None)
    rows, bias = [], []
    for names, all_names, ridge, weight in zip(
        targets, (KINDS, TOPICS), RIDGES, weights, strict=True
    ):
        head = LogisticRegression(C=ridge, max_iter=1000, class_weight="balanced")
        head.fit((vectors - middle) / spread, names, sample_weight=weight)
        places = [list(head.classes_).index(name) for name in all_names]
        rows.append(head.coef_[places] / spread)
        bias.append(head.intercept_[places] - rows[-1] @ middle)
    with torch.no_grad():
        net.heads.weight.copy_(torch.tensor(np.concatenate(rows)))
        net.heads.bias.copy_(torch.tensor(np.concatenate(bias)))


def weigh(entries: Sequence[Entry]) -> np.ndarray:
    """How much each entry counts for the kinds."""
    return np.array([TRICKY if each.tricky else 1.0 for each in entries])


def train(entries: Sequence[Entry], base: Path, name: str) -> Net:
    """The network that has learned the entries."""
    random.seed(SEED)
    torch.manual_seed(SEED)
    net = Net(base)
    read = tokenizer()
    texts = [read(plain(each.text))[:LENGTH] for each in entries]
    probe(net, texts, entries)
    groups = [
        {"params": [p for p in net.encoder.parameters() if p.requires_grad], "lr": RATE},
        {"params": net.heads.parameters(), "lr": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    lengths = [len(text) for text in texts]
    everything = range(len(entries))
    epochs = [everything, [i for i in everything if not entries[i].tricky]]
    plan = [list(_batches(epoch, lengths)) for epoch in epochs]
    steps = sum(map(len, plan))
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / (WARM_UP * steps), (steps - step) / ((1 - WARM_UP) * steps)),
    )
    kinds = torch.tensor([KINDS.index(each.kind) for each in entries])
    topics = torch.tensor([TOPICS.index(each.topic or Topic.OTHER) for each in entries])
    weights = torch.tensor(weigh(entries) / weigh(entries).mean()).float()
    average = torch.optim.swa_utils.AveragedModel(net)
    net.train()
    done, begun = 0, time.monotonic()
    for epoch in plan:
        for batch in epoch:
            pieces, mask = _padded([texts[i] for i in batch])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                said = net(pieces, mask)
            said = said.float()
            entropy = torch.nn.functional.cross_entropy
            of_kinds = entropy(said[:, : len(KINDS)], kinds[batch], reduction="none")
            of_topics = entropy(said[:, len(KINDS) :], topics[batch])
            loss = (weights[batch] * of_kinds).mean() + TOPIC_SHARE * of_topics
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            rate.step()
            done += 1
            if epoch is plan[-1] and done % STRIDE == 0:
                average.update_parameters(net)
            if done % 20 == 0 or done == steps:
                spent = time.monotonic() - begun
                print(f"{name}: step {done} of {steps}, {spent:.0f} s", file=sys.stderr, flush=True)
    return average.module.eval()


def _batches(chosen: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices by chance, texts of like length together: little is padding."""
    order = list(chosen)
    random.shuffle(order)
    pool = BATCH * 16
    batches = []
    for start in range(0, len(order), pool):
        alike = sorted(order[start : start + pool], key=lambda i: lengths[i])
        batches += [alike[i : i + BATCH] for i in range(0, len(alike), BATCH)]
    random.shuffle(batches)
    yield from batches


def _padded(texts: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    longest = max(len(text) for text in texts) + 2
    width = -(-longest // STEP) * STEP
    pieces = torch.zeros((len(texts), width), dtype=torch.long)
    mask = torch.zeros_like(pieces)
    for row, text in enumerate(texts):
        pieces[row, : len(text) + 2] = torch.tensor([BEGIN, *text, END])
        mask[row, : len(text) + 2] = 1
    return pieces, mask


def write(net: Net, path: Path) -> None:
    """The network as int8 ONNX. `reduce_range` keeps processors without VNNI from overflowing."""
    whole = path.with_suffix(".float.onnx")
    pieces, mask = _padded([[2054], [2054, 2003]])
    torch.onnx.export(
        net,
        (pieces, mask),
        str(whole),
        input_names=["input_ids", "attention_mask"],
        output_names=["said"],
        dynamic_axes={
            "input_ids": {0: "batch", 1: "sequence"},
            "attention_mask": {0: "batch", 1: "sequence"},
            "said": {0: "batch"},
        },
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    whole.unlink()


def said(path: Path, entries: Sequence[Entry]) -> dict[int, Halves]:
    """What an encoder says of entries, by their marks."""
    encoder = Vectors.of(path.read_bytes(), str(path), tuple(Kind))
    readings = ((entry, encoder.read(entry.text)) for entry in entries)
    return {vectorfile.mark(entry): read.numbers.astype(np.float16) for entry, read in readings}


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the sentence encoder and its twins.")
    parser.add_argument("base", type=Path, help="folder of all-MiniLM-L6-v2 as published")
    parser.add_argument("work", type=Path, help="folder for the twins")
    given = parser.parse_args()
    weights = (given.base / "model.safetensors").read_bytes()
    if hashlib.sha256(weights).hexdigest() != BASE:
        sys.exit("These are not the published weights of all-MiniLM-L6-v2.")
    given.work.mkdir(parents=True, exist_ok=True)
    (HERE / VOCABULARY).write_bytes((given.base / VOCABULARY).read_bytes())
    everything = corpus.merge(corpus.starter())
    entries = [entry for entry in everything if not entry.batch.startswith(NEWER)]
    write(train(entries, given.base, "encoder"), HERE / ENCODER)
    newer = [entry for entry in everything if entry.batch.startswith(NEWER)]
    rows: dict[int, Halves] = said(HERE / ENCODER, newer)
    for number, (learned, left) in enumerate(split(entries, TWINS), 1):
        twin = given.work / f"twin-{number}-{corpus.digest(entries)[:12]}.onnx"
        if not twin.exists():
            write(train([entries[i] for i in learned], given.base, f"twin {number}"), twin)
        rows |= said(twin, [entries[i] for i in left])
    digest = hashlib.sha256((HERE / ENCODER).read_bytes()).hexdigest()
    (HERE / "corpus.npz").write_bytes(Table(digest, WIDTH, rows).pack())
    print(f"Pin {digest} in triage/classifier/vectors.py, then run make model.")


if __name__ == "__main__":
    main()
