"""What became of a draft, told from how it lies and from what the owner has sent. Pure."""

from collections.abc import Mapping
from difflib import SequenceMatcher

from triage.finding import guarded
from triage.message import read
from triage.place import Found, Lying
from triage.record import LaidDraft

# No draft is taken away within so many seconds: one that is open in a composer cannot be seen.
UNSEEN = 1800.0
# A draft that lies nowhere is open in a program that took it away (NeoMutt does); after so many
# seconds it was deleted.
COMPOSED = 86400.0
# As long as it may be open no other letter is laid in its place; then it is: a customer waits.
WRITTEN = 3600.0
# How soon a letter that had to wait is looked at again, in seconds.
AGAIN = 600.0
# An answer that shares fewer of the draft's words is another one: the draft was not used.
USED = 0.7
# So many words of a letter are compared; the time grows with their square.
WORDS = 1000


def changed(draft: bytes, sent: bytes) -> float:
    """Which share of the words of both, 0.0 to 1.0, is not the same in the same order: what the
    writer wrote himself, without the history below it. MessageError, whatever breaks."""
    ours, his = _words(draft), _words(sent)
    same = SequenceMatcher(None, ours, his, autojunk=False).ratio()
    return round(1.0 - same, 3)


def _words(raw: bytes) -> list[str]:
    return guarded(lambda: read(raw)).body.new.split()[:WORDS]


def used(share: float | None) -> bool:
    """Whether an answer with so much changed is the draft, edited."""
    return share is not None and share <= USED


def fate(draft: LaidDraft, found: Found, now: float) -> str:
    """What is now to be said of a draft that lay on the server, "" when it waits untouched."""
    match found.lying:
        case Lying.UNTOUCHED:
            return ""
        case Lying.CHANGED:
            return "edited"
        case _ if used(draft.changed):
            return "sent"
        case Lying.BINNED:
            return "discarded"
        case _ if draft.fate != "gone" and is_due(draft, now):  # by us, and the power failed
            return draft.withdraw
    for_long = draft.fate == "gone" and now - (draft.fated or now) >= COMPOSED
    return "discarded" if for_long else "gone"


def is_due(draft: LaidDraft, now: float) -> bool:
    """Whether a draft that is to go may be taken away now."""
    old = now >= draft.since + UNSEEN or now < draft.since - UNSEEN  # a clock that jumped back
    return bool(draft.withdraw) and draft.replaced and old


def forbidden(former: list[LaidDraft], lying: Mapping[str, Found], *, removes: bool) -> str:
    """Why no letter takes the place of these drafts, "" when one may: the owner is at one of them,
    or it cannot be taken away and there would be two."""
    how = {lying[each.message_id].lying for each in former if each.message_id in lying}
    if Lying.CHANGED in how:
        return "owner-writing"
    return "not-replaceable" if Lying.UNTOUCHED in how and not removes else ""


def wait(former: list[LaidDraft], lying: Mapping[str, Found], now: float) -> float:
    """Until when a letter waits that takes the place of these drafts; 0.0 when it need not."""
    until = 0.0
    for each in former:
        found = lying.get(each.message_id)
        gone = each.fated if each.fate == "gone" and each.fated else now
        if found and found.lying is Lying.UNTOUCHED and 0 <= now - each.since < UNSEEN:
            until = max(until, each.since + UNSEEN)
        elif found and found.lying is Lying.NOWHERE and now < gone + WRITTEN:
            until = max(until, now + AGAIN)
    return until
