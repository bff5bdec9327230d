"""Whose mail it is that a mail answers, told from what it quotes first."""

import re

from triage.message import Address, Message

_HEAD = 5000  # characters of what is quoted that are read
_MARKS = re.compile(r"^[ \t>|]+", re.MULTILINE)
# The line that says whose words follow: "On Monday Anna <a@b.example> wrote:", "From: Anna".
_WHOSE = re.compile(
    r"^(?:(?:from|von|de|van)\s?:[^\n]{1,200}|[^\n]{5,200}:)[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_TO_SOMEBODY = re.compile(
    r"^(?:dear|hi|hello|hey|hiya|good (?:morning|afternoon|evening)|morning)\b"
    r"[ \w.'’-]{1,40}[,!.]?$",
    re.IGNORECASE | re.MULTILINE,
)
# The notice of a shop system is no letter: who answers one writes for the first time.
_BY_A_MACHINE = re.compile(
    r"\b(?:order (?:confirm\w*|summary|received|details)|confirm\w* (?:of )?(?:your|the) order"
    r"|thank(?:s| you) for (?:your|the) (?:order|purchase)|subtotal|unsubscribe|do not reply"
    r"|view (?:it )?(?:in|on) (?:your |the )?(?:browser|web)|is on its way"
    r"|track your (?:order|parcel|package)|(?:has|have) been (?:dispatched|shipped|posted)"
    r"|your order has shipped)\b",
    re.IGNORECASE,
)


def continued(message: Message) -> bool:
    """Whether it answers a letter that the shop wrote by hand, as far as can be told. Time grows
    with the length only, of the beginning of what is quoted."""
    quoted = _quoted(message)
    if not _TO_SOMEBODY.search(quoted) or _BY_A_MACHINE.search(quoted):
        return False
    return _by(quoted, message.to)


def repeated(message: Message, writer: Address | None) -> bool:
    """Whether its writer sends a mail of his own once more."""
    return writer is not None and _by(_quoted(message), (writer,))


def _quoted(message: Message) -> str:
    return _MARKS.sub("", message.body.quoted[:_HEAD])


def _by(quoted: str, whom: tuple[Address, ...]) -> bool:
    first = _WHOSE.search(quoted)
    known = {part.casefold() for each in whom for part in (each.name, each.addr) if part}
    return first is not None and any(part in first[0].casefold() for part in known)
