"""The order book's file, which the owner replaces while triage runs."""

import threading
from collections.abc import Iterable
from datetime import date

from triage.errors import UserError
from triage.order import Export, Match
from triage.orders.book import OrderBook


class OrderFile:
    """An order book that keeps up with its file; without one it is empty. For several threads."""

    def __init__(self, export: Export | None) -> None:
        self._export = export
        self._book = OrderBook()
        self._seen: tuple[int, ...] | None = ()  # None: there was no file
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
            self._seen = seen
            try:
                self._book = OrderBook.load(self._export)
            except UserError as error:
                return error
        return None

    def find(self, numbers: Iterable[str], address: str, written: date | None) -> Match | None:
        """As `OrderBook.find`, in the book as last read."""
        return self._book.find(numbers, address, written)

    @staticmethod
    def _stamp(export: Export) -> tuple[int, ...] | None:
        """What changes with the file, and with who may read it; None where there is none."""
        try:
            status = export.path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
