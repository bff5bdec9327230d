"""What check says of the order book: what it holds, and what letters cannot tell from it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from triage.cli.faults import row_fault
from triage.cli.terminal import count
from triage.cli.wording import SHOPS
from triage.order import Command, Export
from triage.orders import CellFault, OrderBook, OrderCommand

FEW = 5  # so many faults of each kind are shown


def book_told(export: Export, today: date) -> list[str]:
    """The lines on a file: first what it holds, then what is wrong with it. Raises UserError as
    `OrderBook.load` does."""
    book = OrderBook.load(export)
    shop = SHOPS[book.preset] if book.preset else ""
    age = max((today - book.as_of).days, 0) if book.as_of else 0
    parts = [
        f"{count(len(book), 'order')} in {export.path}",
        f"as {shop} exports them" if shop else "",
        f"{book.addressed or 'none'} with the buyer's address",
        f"written {count(age, 'day')} ago" if age else "written today",
        f"the newest of {book.newest}" if book.newest else "",
    ]
    told = [", ".join(filter(None, parts))]
    if age > export.fresh_days:
        told.append(
            'It is too old for letters to say "not sent yet" or "on its way": export it again. See'
            " orders.fresh_days."
        )
    if not book.addressed:
        told.append(
            f"{f'The file of {shop}' if shop else 'It'} names no buyer's address, so no letter"
            " tells of an order: explain and once --dry-run show it to you alone. See"
            " orders.columns.email."
        )
    if book.newest and book.newest > today + timedelta(days=1):
        told.append("That day lies ahead. See orders.dates: day and month may have changed places.")
    told += _few("row", "left out", book.left_out)
    told += _few("cell", "not read", book.unread)
    return told


def command_told(command: Command) -> list[str]:
    """The line on a command, which is asked for nothing. Raises UserError as it fails."""
    if error := OrderCommand(command).renew():
        raise error
    return [f"{command.words[0]} answers"]


def _few(noun: str, how: str, faults: Sequence[CellFault]) -> Iterator[str]:
    """How many faults there are, and the first of them."""
    if faults:
        yield f"{count(len(faults), noun)} {how}:"
        yield from map(row_fault, faults[:FEW])
    if len(faults) > FEW:
        yield f"  and {len(faults) - FEW} more"
