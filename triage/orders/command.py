"""The order book behind a program of the owner's, which is asked about each mail."""

import json
import threading
from datetime import datetime

from triage.errors import UserError
from triage.order import Command, Match, Mention, Ware
from triage.orders.answer import orders
from triage.orders.book import OrderBook
from triage.orders.process import output

# So many times in a row it may fail until the next look: one that hangs costs five seconds a time.
PATIENCE = 3
# Numbers of one mail that are asked for; so the question fits into a pipe.
MOST_ASKED = 20
LONGEST_ASKED = 320  # characters of each text; an address has no more


class OrderCommand:
    """An order book that is asked for by a command; its answer is a small book of its own, in which
    is looked as in any other. For several threads."""

    def __init__(self, command: Command) -> None:
        self._command = command
        self._failures = 0
        self._error: UserError | None = None
        self._told = ""  # the kind of error that was last told of
        self._looked = False
        self._lock = threading.Lock()

    def renew(self) -> UserError | None:
        """Asks for nothing, at first and after a failure, whether the command works. Returns what
        went wrong since the last look, once for each kind of it until it works again."""
        if self._failures or not self._looked:
            self._looked = True
            self._ask(Mention())
        with self._lock:
            error, self._error = self._error, None
            told, self._told = self._told, error.kind if error else ""
            return error if self._told != told else None

    def find(self, mention: Mention) -> Match | None:
        """As `OrderBook.find`, in what the command answers. Its word on whose an order is counts
        for nothing: the order's own address decides."""
        asked = mention.numbers or mention.tracking or mention.address
        if not asked or self._failures >= PATIENCE:
            return None
        book = self._ask(mention)
        return book.find(mention) if book else None

    @property
    def catalogue(self) -> tuple[Ware, ...]:
        """It answers for one order at a time, and is not asked for all that was ever sold."""
        return ()

    def _ask(self, mention: Mention) -> OrderBook | None:
        """None when it fails, which is remembered."""
        written = mention.written
        question = {
            "numbers": [number[:LONGEST_ASKED] for number in mention.numbers[:MOST_ASKED]],
            "tracking": [number[:LONGEST_ASKED] for number in mention.tracking[:MOST_ASKED]],
            "address": mention.address[:LONGEST_ASKED],
            "written": written.isoformat() if written else None,
        }
        try:
            said = output(self._command.words, json.dumps(question).encode("ascii"))
            found = orders(said, self._command.words[0])
        except UserError as error:
            with self._lock:
                self._failures += 1
                self._error = error
            return None
        with self._lock:
            self._failures = 0
        return OrderBook.of(found, datetime.now().astimezone().date(), self._command.fresh_days)
