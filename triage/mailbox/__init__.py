"""One account's connection to its IMAP server: all of IMAPClient lives here."""

from triage.mailbox.login import connect
from triage.mailbox.session import Session
from triage.mailbox.wire import Timeouts

__all__ = ["Session", "Timeouts", "connect"]
