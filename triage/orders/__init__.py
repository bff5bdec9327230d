"""Floor 2: the owner's order book, read from what the shop system exports, or asked for."""

from triage.orders.book import OrderBook
from triage.orders.command import OrderCommand
from triage.orders.file import OrderFile
from triage.orders.row import CellFault

__all__ = ["CellFault", "OrderBook", "OrderCommand", "OrderFile"]
