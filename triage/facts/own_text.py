"""What the writer says for himself, and whose names are not his."""

import re
from collections.abc import Iterator
from itertools import takewhile

from triage.message import Message

# Where a mail passed on begins: a line of its own, or a header block.
_FORWARDED = re.compile(
    r"^[ \t>]{0,8}(?:-{2,}[ \t]*(?:forwarded|original) message\b|begin forwarded message\b"
    r"|-{2,}[ \t]*(?:weitergeleitete|ursprüngliche) nachricht\b|forwarded by\b"
    r"|-{2,}[ \t]*message (?:transféré|transmis|original)\b|-{2,}[ \t]*(?:doorgestuurd|mensaje) )"
    r"|^[ \t>*]{0,8}(?:from|von|de|van|da)[ \t*]{0,3}:[^\n]{0,300}\n"
    r"(?:[^\n]{0,300}\n){0,4}?[ \t>*]{0,8}"
    r"(?:subject|betreff|objet|asunto|onderwerp|oggetto)[ \t*]{0,3}:",
    re.IGNORECASE | re.MULTILINE,
)
# With whose words they are, where a line ends with it: "Be kind." - Ellen Ramirez
_SPEAKER = r"(?:\s{0,3}[-–—~][ \t]{0,3}[A-Z][^\W\d_]+(?: [A-Z][\w.'’-]*){1,3}[ \t]*$)?"
_IN_MARKS = re.compile(
    r"(?:“[^“”]{0,1500}”|„[^„“”]{0,1500}[“”]|«[^«»]{0,1500}»|\"[^\"]{0,1500}\")" + _SPEAKER,
    re.MULTILINE,
)
# What the carrier says of a parcel is no voice of its own: RM123 says "arrived at customs".
_OF_A_PARCEL = re.compile(
    r"(\b(?:tracking|marked|status|stands|(?=[A-Z]{0,4}\d)[A-Z\d]{8,20})\b[^.!?\n\"“„«]{0,30})"
    r"[\"“„«]([^\"“”„«»\n]{1,120})[\"“”»]",
    re.IGNORECASE,
)
_GREETED = re.compile(
    r"\b(?:hi|hello|hey|dear|hallo|liebe[r]?|bonjour|cher|chère|hola|ciao|beste)[ \t]+[^\n]{0,40}",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,40}")
_HISTORY = 20_000  # characters of the history in which a name is looked for


def own_text(text: str, message: Message) -> str:
    """The lines of `text` that its writer typed: not quoted, not below a forwarded mail's head.

    Words in quotation marks are somebody else's too, but for a carrier's.
    """
    forwarded = _FORWARDED.search(message.body.text)
    if forwarded:
        above = set(message.body.text[: forwarded.start()].split("\n"))
        text = "\n".join(takewhile(above.__contains__, text.split("\n")))
    lines = (line for line in text.split("\n") if not line.lstrip().startswith(">"))
    return _IN_MARKS.sub("", _OF_A_PARCEL.sub(r"\1\2", "\n".join(lines)))


def is_owners(name: str, message: Message, writer: str) -> bool:
    """Whether the name is that of somebody the message went to; `writer` is the writer's key, for
    people send themselves copies."""
    return not set(name.casefold().split()).isdisjoint(_addressed(message, writer))


def is_quoted(name: str, message: Message, text: str) -> bool:
    """Whether the history, or what `text` quotes, bears the name otherwise than as a greeting."""
    quoted = [line for line in text.split("\n") if line.lstrip().startswith(">")]
    quoted += (found.group() for found in _IN_MARKS.finditer(text))
    said = _GREETED.sub("", "\n".join([*quoted, message.body.quoted[:_HISTORY]]))
    parts = name.casefold().split()
    return any(word.casefold() in parts for word in _WORD.findall(said))


def _addressed(message: Message, writer: str) -> Iterator[str]:
    for each in (*message.to, *message.cc):
        if each.key == writer:
            continue
        local, _, domain = each.key.rpartition("@")
        yield local
        yield from (word.casefold() for word in _WORD.findall(f"{each.name} {local}"))
        yield domain.partition(".")[0]
