"""`make encoder`: trains the sentence encoder of the semantic model.

Run in an environment of its own (torch, transformers, onnx) when the corpus has grown much; it
takes an hour on two cores, and its result is not the same to the bit on other processors. What
ships is therefore its result: `encoder.onnx`, whose digest `triage/classifier/vectors.py` pins, and
`corpus.npz`, what is said of each text by an encoder that had not learned it.

all-MiniLM-L6-v2 (Wang et al. 2020, Reimers and Gurevych 2019; Apache-2.0) is trained further to
tell kinds, topics and signals (Devlin et al. 2019, section 3.2), and written as int8 ONNX. The
heads begin as logistic regressions on the vectors as published, so that the first steps do not pull
the encoder after heads that know nothing (Kumar et al. 2022, Fine-Tuning can Distort Pretrained
Features). Three parts are trained, each on two thirds of the batches. What ships is the mean of
their weights (Wortsman et al. 2022, Model soups); each tells the third that it has not learned.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx  # noqa: F401 # type: ignore[import-not-found] # torch's export needs it
import torch  # type: ignore[import-not-found] # an environment of its own has it
from onnxruntime.quantization import (  # type: ignore[import-untyped] # untyped
    QuantType,
    quantize_dynamic,
)
from triage.models.training import WIDTH, Net, mean, padded, train

from triage.classifier import Entry, corpus, vectorfile
from triage.classifier.arrays import Halves
from triage.classifier.vectorfile import Table
from triage.classifier.vectors import (
    ENCODER,
    VOCABULARY,
    Vectors,
)

HERE = Path(__file__).parent
# SHA-256 of the official weights, model.safetensors of all-MiniLM-L6-v2.
BASE = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PARTS = 3


def write(net: Net, path: Path) -> None:
    """The network as int8 ONNX. `reduce_range` keeps processors without VNNI from overflowing."""
    whole = path.with_suffix(".float.onnx")
    pieces, mask = padded([[2054], [2054, 2003]])
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


def parts_of(entries: Sequence[Entry]) -> Iterator[tuple[list[Entry], list[Entry]]]:
    """What each part learns, and what it leaves out: whole batches, dealt in the order of names."""
    part = {name: i % PARTS for i, name in enumerate(sorted({each.batch for each in entries}))}
    for left in range(PARTS):
        yield (
            [each for each in entries if part[each.batch] != left],
            [each for each in entries if part[each.batch] == left],
        )


def said(path: Path, entries: Sequence[Entry]) -> dict[int, Halves]:
    """What an encoder says of entries, by their marks."""
    encoder = Vectors.of(path.read_bytes(), str(path), ours=True)
    readings = ((entry, encoder.read(entry.text)) for entry in entries)
    return {vectorfile.mark(entry): read.numbers.astype(np.float16) for entry, read in readings}


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the sentence encoder.")
    parser.add_argument("base", type=Path, help="folder of all-MiniLM-L6-v2 as published")
    parser.add_argument("work", type=Path, help="folder for its parts")
    given = parser.parse_args()
    weights = (given.base / "model.safetensors").read_bytes()
    if hashlib.sha256(weights).hexdigest() != BASE:
        sys.exit("These are not the published weights of all-MiniLM-L6-v2.")
    given.work.mkdir(parents=True, exist_ok=True)
    (HERE / VOCABULARY).write_bytes((given.base / VOCABULARY).read_bytes())
    entries = corpus.merge(corpus.starter())
    parts: list[Net] = []
    rows: dict[int, Halves] = {}
    for number, (learned, left) in enumerate(parts_of(entries), 1):
        kept = given.work / f"part-{number}-{corpus.digest(entries)[:12]}.pt"
        if not kept.exists():
            torch.save(train(learned, given.base, number).state_dict(), kept)
        part = Net(given.base).eval()
        part.load_state_dict(torch.load(kept))
        parts.append(part)
        write(part, kept.with_suffix(".onnx"))
        rows |= said(kept.with_suffix(".onnx"), left)
    write(mean(parts), HERE / ENCODER)
    digest = hashlib.sha256((HERE / ENCODER).read_bytes()).hexdigest()
    (HERE / "corpus.npz").write_bytes(Table(digest, WIDTH, rows).pack())
    print(f"Pin {digest} in triage/classifier/vectors.py, then run make model.")


if __name__ == "__main__":
    main()
