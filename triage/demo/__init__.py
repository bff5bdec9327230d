"""Floor 3: a shop's mailbox on this machine, to see the program at work with nobody's real mail."""

from triage.demo.inbox import inbox, spare
from triage.demo.orders import orders
from triage.demo.stage import HOST, PASSWORD, PORT, USER, Stage, stage

__all__ = ["HOST", "PASSWORD", "PORT", "USER", "Stage", "inbox", "orders", "spare", "stage"]
