"""Since when an account is known."""

import os
from pathlib import Path

from triage.ledger.file import FILE
from triage.ledger.store import Store


def beginning(state: Path, account: str) -> float | None:
    """The time of arrival from which on its mail is judged, in seconds since the epoch; None when
    it was never looked at. Makes no file."""
    if not os.access(state / FILE, os.F_OK):
        return None
    book = Store.open(state, account)
    try:
        row = book.first("SELECT since FROM account WHERE account = :account")
    finally:
        book.close()
    return row["since"] if row else None
