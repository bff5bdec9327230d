"""The process in which atheris runs: octets in, promises checked, what breaks one written down.

`python -m fuzz.worker FOUND ...` with libFuzzer's own arguments behind. It goes on after a find:
one file a find in the folder FOUND, named after its promise and its octets. Every second mail, by
the sum of its octets, goes the whole way, which takes five times as long as the reading.
"""

import hashlib
import re
import sys
import zlib
from pathlib import Path

import atheris  # type: ignore[import-untyped]  # it ships no types

with atheris.instrument_imports(include=["triage", "mailparser"], enable_loader_override=False):
    from fuzz.promises import gone

EACH = 8  # finds of one key that are kept


def main() -> None:
    folder = Path(sys.argv[1])
    kept: dict[str, int] = {}

    def one(raw: bytes) -> None:
        broken = gone(raw, whole=zlib.crc32(raw) % 2 == 0).broken
        if broken is None or kept.get(broken.key, 0) >= EACH:
            return
        kept[broken.key] = kept.get(broken.key, 0) + 1
        name = re.sub(r"[^A-Za-z0-9_]+", "-", broken.key).strip("-")
        (folder / f"{name}.{hashlib.sha256(raw).hexdigest()[:12]}").write_bytes(raw)

    atheris.Setup([sys.argv[0], *sys.argv[2:]], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
