"""The text of a mail too large to be fetched whole, where it lies behind a large part.

Its parts are asked for one by one, by their numbers (RFC 3501 section 6.4.5): BODYSTRUCTURE is what
servers get wrong. Each is put behind the head under the boundary of its multipart, so that the mail
stays a mail, cut in the middle of its large parts.
"""

from collections.abc import Callable

from triage.errors import MessageError
from triage.message import read
from triage.message.fields import split
from triage.message.parts import Part, structure

ASKED = 8  # parts of one mail
SECTION = 65_536  # octets of a part that are read

# The MIME header and the beginning of a part named by its number, None when there is no such part.
Ask = Callable[[str], tuple[bytes, bytes] | None]


def with_text(head: bytes, ask: Ask) -> bytes:
    """The head of a mail, and where no text is in it the parts behind it up to the first text.

    A mail that cannot be read is left as it is.
    """
    raw = head
    try:
        path = _end(raw)
        for _ in range(ASKED):
            if not path or read(raw, truncated=True).body.text.strip():
                break
            number, boundary = path[-1]
            inner = ".".join(str(number) for number, _ in path[:-1])
            found = ask(f"{inner}.{number + 1}".lstrip("."))
            if found is None:  # the last of its multipart: on behind that
                path = path[:-1]
                continue
            mime, body = found
            fields = mime.strip(b"\r\n")
            fields += b"\r\n" if fields else b""
            longer = raw + b"\r\n--%s\r\n%s\r\n%s" % (boundary, fields, body)
            beyond = _end(longer)
            if beyond == path:  # not its boundary
                break
            raw, path = longer, beyond
    except MessageError:
        return head
    return raw


def _end(raw: bytes) -> list[tuple[int, bytes]]:
    """Where a mail breaks off: the number of the part, with its boundary, at each multipart, the
    outermost first."""
    part: Part = structure(raw, *split(raw, 0, len(raw)))
    path = []
    while part.children:
        path.append((len(part.children), part.mime.boundary.encode()))
        part = part.children[-1]
    return path
