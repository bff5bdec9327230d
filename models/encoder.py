"""`make encoder`: trains the sentence encoder of the semantic model, and its twins.

Run in an environment of its own (torch, transformers, onnx) when the corpus has grown much; it
takes half an hour on two cores, and its result is not the same to the bit on other processors. What
ships is therefore its result: `encoder.onnx`, whose digest `triage/classifier/vectors.py` pins, and
`corpus.npz`, what encoders that had not learned a text say of it.

all-MiniLM-L6-v2 (Wang et al. 2020, Reimers and Gurevych 2019; Apache-2.0) is trained further to
tell complaints and topics (Devlin et al. 2019, section 3.2), and written as int8 ONNX.
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
from transformers import AutoModel  # type: ignore[import-not-found] # as torch

from triage.classifier import Entry, corpus, vectorfile
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
TOPICS = list(Topic)
TWINS = 2

EPOCHS = 2
RATE = 5e-5  # of the encoder; its new heads learn at HEAD_RATE
HEAD_RATE = 1e-3
WARM_UP = 0.1  # share of the steps in which the rate rises; afterwards it falls to nothing
TOPIC_SHARE = 0.5  # of the topic's loss beside the complaint's
BATCH = 32
LENGTH = 94  # word pieces of a text that are learned: 89 % of the texts are no longer
STEP = 16  # a batch is padded to a multiple: a new length costs the processor a new plan
SEED = 0


class Net(torch.nn.Module):
    """The encoder with a head for "complaint?" and one for the topic: 1 + 14 numbers a text."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, attn_implementation="eager")
        self.heads = torch.nn.Linear(self.encoder.config.hidden_size, 1 + len(TOPICS))
        self.dropout = torch.nn.Dropout(0.1)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        pieces = self.encoder(input_ids=input_ids, attention_mask=attention_mask)
        mask = attention_mask[..., None].float()
        mean = (pieces.last_hidden_state * mask).sum(1) / mask.sum(1)
        return self.heads(self.dropout(mean))


def train(entries: Sequence[Entry], base: Path, name: str) -> Net:
    """The network that has learned the entries."""
    random.seed(SEED)
    torch.manual_seed(SEED)
    net = Net(base)
    steps = EPOCHS * -(-len(entries) // BATCH)
    groups = [
        {"params": net.encoder.parameters(), "lr": RATE},
        {"params": net.heads.parameters(), "lr": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / (WARM_UP * steps), (steps - step) / ((1 - WARM_UP) * steps)),
    )
    read = tokenizer()
    texts = [read(plain(f"{each.subject}\n{each.body}"))[:LENGTH] for each in entries]
    complaints = torch.tensor([float(each.complaint) for each in entries])
    topics = torch.tensor([TOPICS.index(each.topic) for each in entries])
    net.train()
    done, begun = 0, time.monotonic()
    for _ in range(EPOCHS):
        for batch in _batches([len(text) for text in texts]):
            pieces, mask = _padded([texts[i] for i in batch])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                said = net(pieces, mask)
            said = said.float()
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                said[:, 0], complaints[batch]
            ) + TOPIC_SHARE * torch.nn.functional.cross_entropy(said[:, 1:], topics[batch])
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            rate.step()
            done += 1
            if done % 20 == 0 or done == steps:
                spent = time.monotonic() - begun
                print(f"{name}: step {done} of {steps}, {spent:.0f} s", file=sys.stderr, flush=True)
    return net.eval()


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices by chance, texts of like length together: little is padding."""
    order = list(range(len(lengths)))
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
    encoder = Vectors.of(path.read_bytes(), str(path))
    return {
        vectorfile.mark(each): encoder.encode(f"{each.subject}\n{each.body}").astype(np.float16)
        for each in entries
    }


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
    entries = corpus.merge(corpus.starter())
    write(train(entries, given.base, "encoder"), HERE / ENCODER)
    rows: dict[int, Halves] = {}
    for number, (learned, left) in enumerate(split(entries, TWINS), 1):
        twin = given.work / f"twin-{number}.onnx"
        if not twin.exists():
            write(train([entries[i] for i in learned], given.base, f"twin {number}"), twin)
        rows |= said(twin, [entries[i] for i in left])
    digest = hashlib.sha256((HERE / ENCODER).read_bytes()).hexdigest()
    (HERE / "corpus.npz").write_bytes(Table(digest, 1 + len(TOPICS), rows).pack())
    print(f"Pin {digest} in triage/classifier/vectors.py, then run make model.")


if __name__ == "__main__":
    main()
