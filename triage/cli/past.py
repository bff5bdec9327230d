"""The options of commands that tell of past mail."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

F = TypeVar("F", bound=Callable[..., None])


def past(command: F) -> F:
    """--days, --account and --html."""
    days = click.option(
        "--days",
        type=click.IntRange(1, 3650),
        default=90,
        show_default=True,
        help="How far to go back.",
    )
    account = click.option("--account", metavar="NAME", help="Only the mails of this account.")
    html = click.option(
        "--html",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Also write a page for a browser; the file must be new.",
    )
    return days(account(html(command)))
