"""Where a reply stands in its thread: its subject, and the ids it answers."""

import re
from collections.abc import Sequence

from triage.reply.plain import one_line

# "Re" as the mail programs of the world write it, with their counters: "Re[2]:", "RE (3) :".
# "Ref:" without its accent is not among them: customers write "Ref: order 1043".
_RE = re.compile(
    r"^(?:(?:re|aw|antw|sv|vs|vá|r|rif|réf|odp|res|ynt|ответ|απ|回复|回覆|答复|답장|回信)"
    r"\s?(?:\[\d+\]|\(\d+\)|\^\d+)?\s?[:：]\s*)+",
    re.IGNORECASE,
)
_SUBJECT_LIMIT = 500  # characters; longer subjects are no subjects

# Printable ASCII between angle brackets (RFC 5322 section 3.6.4, without its folding), short
# enough for one line of a header (998, section 2.1.1). Old programs wrote ids without "@".
_ID = re.compile(r"<[!-;=?-~]{1,900}>")
_REFERENCES_LIMIT = 8_000  # octets, about a hundred ids; some servers refuse headers over 16 kB


def reply_subject(subject: str) -> str:
    """The subject behind one "Re: ", whatever stood before it."""
    line = _RE.sub("", one_line(subject, _SUBJECT_LIMIT), count=1)
    return f"Re: {line or 'your message'}"


def base_subject(subject: str) -> str:
    """The subject for comparing: without "Re:", blanks and case."""
    return "".join(_RE.sub("", one_line(subject, _SUBJECT_LIMIT), count=1).casefold().split())


def in_reply_to(message_id: str | None) -> str | None:
    """The id a reply answers; None when the message has none, or none that can be written."""
    return message_id if message_id and _ID.fullmatch(message_id) else None


def reply_references(
    references: Sequence[str], parents: Sequence[str], message_id: str | None
) -> tuple[str, ...]:
    """The References of a reply, the message answered last: RFC 5322 section 3.6.4.

    `references` and `parents` (In-Reply-To) are those of the message answered. Unusable ids are
    left out. When they are too many the first, the root of the thread, and the last ones stay.
    """
    known = references or (parents if len(parents) == 1 else ())
    ids = [reference for reference in known if _ID.fullmatch(reference)]
    parent = in_reply_to(message_id)
    chain = [i for i in dict.fromkeys(ids) if i != parent] + ([parent] if parent else [])
    room = _REFERENCES_LIMIT - sum(len(i) + 1 for i in chain[:1])
    last = len(chain)
    while last > 1 and (room := room - len(chain[last - 1]) - 1) >= 0:
        last -= 1
    return tuple(chain[:1] + chain[max(last, 1) :])
