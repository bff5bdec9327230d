"""What the header of a part says of its content: RFC 2045, 2183, 2231 and 3676. Pure."""

import email.message
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from triage.message.charset import decode, one_line, words_decoded
from triage.message.fields import Fields

# Of the parameters of a field, and characters of it; the library takes quadratic time to read them.
# The longest of the yardstick's mails has 4 in 210.
MAX_PARAMETERS = 64
MAX_VALUE = 8192


@dataclass(frozen=True, slots=True)
class Mime:
    """The MIME fields of a part. `content_type`, `disposition` and `encoding` are in lower case;
    `charset`, `disposition`, `filename` (decoded) and `boundary` are "" when there is none."""

    content_type: str
    charset: str
    flowed: bool
    delsp: bool
    boundary: str
    disposition: str
    filename: str
    encoding: str


def mime(fields: Fields, default: str = "text/plain") -> Mime:
    """The MIME fields among `fields`; `default` is the type of a part that names none."""
    try:
        return _read(fields, default, MAX_PARAMETERS)
    except (TypeError, ValueError, LookupError):  # the library fails on broken continuations
        return _read(fields, default, 0)


def _read(fields: Fields, default: str, parameters: int) -> Mime:
    head = email.message.Message()
    head.set_default_type(default)
    for name in ("Content-Type", "Content-Disposition"):
        if value := fields.first(name.lower()):
            pieces = value[:MAX_VALUE].split(";", parameters + 1)
            head[name] = ";".join(pieces[: parameters + 1])
    of_type, of_disposition = (_parameters(head, name) for name in ("type", "disposition"))
    filename = of_disposition.get("filename") or of_type.get("name", "")
    encoding = fields.first("content-transfer-encoding").partition(";")[0]
    return Mime(
        content_type=head.get_content_type(),
        charset=of_type.get("charset", "").lower(),
        flowed=of_type.get("format", "").lower() == "flowed",
        delsp=of_type.get("delsp", "").lower() == "yes",
        boundary=of_type.get("boundary", "").rstrip(),
        disposition=head.get_content_disposition() or "",
        filename=one_line(words_decoded(filename)),
        encoding=encoding.strip().lower(),
    )


def _parameters(head: email.message.Message, of: str) -> Mapping[str, str]:
    """The parameters of a field by their names; of two of one name the first counts.

    The charset of an extended one, RFC 2231 section 4, is read as any other: the library knows of
    codecs that are none, one of them of quadratic time (punycode: a minute for 480 file names).
    """
    found: dict[str, str] = {}
    parameters: Sequence[tuple[str, Any]] = head.get_params([], f"content-{of}")
    for name, value in parameters:
        text = (
            decode(value[2].encode("raw-unicode-escape"), value[0])
            if isinstance(value, tuple)
            else value
        )
        found.setdefault(name.lower(), text)
    return found
