"""The customer's own words below the letter, as a mail program quotes them."""

from datetime import datetime

from triage.reply.plain import lines

_LINES, _CHARACTERS = 200, 20_000
# Not `strftime("%B")`, which speaks the machine's language.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def quote(text: str, name: str, date: datetime | None) -> str:
    """An attribution line and the text behind "> "; "" when there is no text.

    `name` is one clean line; `date` is aware, in the owner's zone. A text over 200 lines or
    20,000 characters ends in a line "> […]".
    """
    whole = lines(text[:_CHARACTERS])
    kept = whole[:_LINES]
    if not kept:
        return ""
    if len(whole) > _LINES or len(text) > _CHARACTERS:
        kept.append("[…]")
    when = f"On {date.day} {_MONTHS[date.month - 1]} {date.year} at {date:%H:%M}, " if date else ""
    quoted = (f">{line}" if not line or line.startswith(">") else f"> {line}" for line in kept)
    return "\n".join((f"{when}{name} wrote:", *quoted))
