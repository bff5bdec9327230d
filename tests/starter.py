"""A small corpus in place of the one that ships."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from triage.classifier import corpus
from triage.classifier.corpus import Entry


def in_place(monkeypatch: pytest.MonkeyPatch, folder: Path, entries: Iterable[Entry]) -> None:
    """From now on these are the corpus that ships: each batch a file, as in models/corpus."""
    folder.mkdir()
    batches: dict[str, list[Entry]] = {}
    for entry in entries:
        batches.setdefault(entry.batch, []).append(entry)
    for name, part in batches.items():
        (folder / f"{name}.jsonl").write_bytes(corpus.serialise(part))
    monkeypatch.setattr(corpus, "batches", lambda: sorted(folder.iterdir()))
