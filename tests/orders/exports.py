"""What the tests of the order book write their files with."""

import os
import time
from datetime import datetime
from pathlib import Path

from triage.order import Columns, Export

HEAD = "number,email,name,item,ordered,shipped,delivered,carrier,tracking"
ANN = "#1043,ann@example.org,Ann Fox,Blue mug,2026-11-01,2026-11-03,,Royal Mail,RM123456785GB"
BOB = "1044,bob@example.org,Bob,Bowl,2026-11-02,,,,"


def export(folder: Path, *rows: str, head: str = HEAD, dates: str = "", **columns: str) -> Export:
    """A file of these rows, a line end behind each, written a while ago."""
    path = folder / "orders.csv"
    path.write_text("".join(f"{row}\n" for row in (head, *rows)), encoding="utf-8", newline="")
    settle(path)
    return Export(path, Columns(**{key: (name,) for key, name in columns.items()}), dates)


def settle(path: Path, written: datetime | None = None) -> None:
    """Makes a file look as if it had been written a minute ago, or then."""
    past = written.timestamp() if written else time.time() - 60
    os.utime(path, (past, past))
