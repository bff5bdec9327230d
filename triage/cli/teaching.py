"""What is said of the teaching folders in `triage check` and `triage status`."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from triage.account import Account
from triage.cli.terminal import count
from triage.config import Config
from triage.ledger import waiting

if TYPE_CHECKING:  # status asks no server
    from triage.mailbox import Session

# The labels that were learned, in the state folder: as old as the model that has learned them.
LEARNED = "labels.jsonl"


def teaching_told(account: Account, session: "Session") -> tuple[bool, str]:
    """Whether the folders are all there, and what to say of it. None is made. MailboxError."""
    from triage.learning.teaching import folders  # noqa: PLC0415 (brings numpy: not for status)

    laid = session.teaching(folders(topics=account.teaching_topics), make=False)
    if not laid.missing:
        return True, ", ".join(laid.there.values())
    return False, (
        f"not there yet: {', '.join(laid.missing)}\nThe next look of triage run or once makes them;"
        " where the server refuses that, make them in your mail program."
    )


def lessons_told(config: Config) -> Iterator[str]:
    """How many mails were put into the teaching folders since labels were learned last."""
    learned = config.state / LEARNED
    after = learned.stat().st_mtime if os.access(learned, os.F_OK) else 0.0
    if mails := sum(waiting(config.state, each.address.key, after) for each in config.accounts):
        yield f"{count(mails, 'mail')} in the teaching folders not learned yet: triage train"
