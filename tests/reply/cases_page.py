"""`python tests/reply/cases_page.py`: writes templates/CASES.md, with a letter for each row, and
the seven about a parcel that is not there into README.md."""

import re
from pathlib import Path

import triage
from triage.cli.cases import MARKS, book, topics
from triage.reply.cases import ANY_BOOK, CASES, Case
from triage.reply.letters import Letters
from triage.reply.samples import fullest
from triage.reply.voice import Voice

TOP = Path(triage.__file__).parent.parent
PAGE = TOP / "templates" / "CASES.md"
README = TOP / "README.md"
_SHOWN = re.compile(r"(?<=<!-- letters -->\n).*?(?=<!-- end -->)", re.DOTALL)
# The situations of one who has not got his parcel.
SEVEN = {
    "not-shipped": "Not sent yet",
    "on-its-way": "On its way, and not for long",
    "overdue": "On its way for too long",
    "marked-delivered": "Marked as delivered",
    "not-delivered": "No order is found",
    "still-missing": "The second mail about it",
    "needed": "Needed by a day",
}

HEAD = """# Which letter answers which mail

The first row that fits decides. What may be offered is the most: `[shop.remedies]` may allow less,
and a customer who says what he wants is offered that, where you allow it. A letter from the order
book goes to the order's own address only, and only while the book is fresh; else it is the row
without the book. Made by `make cases`; below is a letter for each row.

| letter | the mail is about | the order book says | and | may offer | promises |
|---|---|---|---|---|---|
"""
REMEDIES = {"send_again": "send again", "exchange": "exchange", "refund": "money back"}


def page() -> str:
    letters = Letters.load()
    rows, shown = [], []
    for case in CASES:
        text = letters.render(fullest(case)).text
        rows.append(_row(case, text))
        quoted = "\n".join(f"> {line}".rstrip() for line in text.splitlines())
        shown.append(f"## {case.letter}{_where(case)}\n\n{quoted}\n")
    return HEAD + "\n".join(rows) + "\n\n" + "\n".join(shown)


def seven() -> str:
    """The seven as they are sent: in the friendly voice that is the default."""
    letters = Letters.load(voice=Voice())
    shown = []
    for name, title in SEVEN.items():
        case = next(case for case in CASES if case.letter == name)
        text = letters.render(fullest(case)).text
        quoted = "\n".join(f"> {line}".rstrip() for line in text.splitlines()[2:-4])
        shown.append(f"**{title}.**\n\n{quoted}\n")
    return "\n".join(shown)


def with_seven(readme: str) -> str:
    """README.md with its letters replaced."""
    return _SHOWN.sub(lambda _: f"\n{seven()}\n", readme)


def _row(case: Case, text: str) -> str:
    offers = [words for name, words in REMEDIES.items() if getattr(case.offers, name)]
    promise = re.search(r"[^.]*you will hear from me[^.]*\.", text)
    cells = (
        f"`{case.letter}`",
        topics(case),
        book(case),
        ", ".join(MARKS[mark] for mark in sorted(case.marks)),
        ", ".join(offers),
        promise[0].strip() if promise else "",
    )
    return f"| {' | '.join(cells)} |"


def _where(case: Case) -> str:
    return f": {book(case)}" if case.book != ANY_BOOK and len(case.book) == 1 else ""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    README.write_text(with_seven(README.read_text("utf-8")), "utf-8")
