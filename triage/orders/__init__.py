"""Floor 2: the owner's order book, read from what the shop system exports."""

from triage.orders.book import OrderBook
from triage.orders.file import OrderFile
from triage.orders.rows import CellFault

__all__ = ["CellFault", "OrderBook", "OrderFile"]
