"""The order book's file, which the owner replaces while triage runs."""

import threading
import time

from triage.errors import UserError
from triage.order import Export, Match, Mention, Ware
from triage.orders.book import OrderBook

# A file that has changed so lately, in seconds, may be in the middle of being written: where there
# is a book already it can wait for the next look.
SETTLE = 2.0


class OrderFile:
    """An order book that keeps up with its file; without one it is empty. For several threads."""

    def __init__(self, export: Export | None) -> None:
        self._export = export
        self._book = OrderBook()
        self._seen: tuple[float, ...] | None = ()  # None: there was no file
        self._lock = threading.Lock()

    def renew(self) -> UserError | None:
        """Reads the file again if it has changed. Where that fails the book stays as it was; the
        error is returned once for each state of the file."""
        if self._export is None:
            return None
        with self._lock:
            seen = self._stamp(self._export)
            if seen == self._seen:
                return None
            if self._seen and seen and 0 <= time.time() - seen[0] < SETTLE:
                return None
            self._seen = seen
            try:
                self._book = OrderBook.load(self._export)
            except UserError as error:
                return error
        return None

    def find(self, mention: Mention) -> Match | None:
        """As `OrderBook.find`, in the book as last read."""
        return self._book.find(mention)

    @property
    def catalogue(self) -> tuple[Ware, ...]:
        """Of the book as last read."""
        return self._book.catalogue

    @staticmethod
    def _stamp(export: Export) -> tuple[float, ...] | None:
        """When the file was written, and what else changes with it or with who may read it; None
        where there is none."""
        try:
            status = export.path.stat()
        except OSError:
            return None
        return status.st_mtime, status.st_ctime_ns, status.st_size, status.st_ino
