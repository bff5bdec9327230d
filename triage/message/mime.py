"""What the header of a part says of its content: RFC 2045, 2183, 2231 and 3676. Pure."""

import email.message
from dataclasses import dataclass

from triage.message.charset import one_line, words_decoded
from triage.message.fields import Fields

# Of the parameters of a field; the library takes quadratic time to read them.
MAX_PARAMETERS = 64


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
            pieces = value.split(";", parameters + 1)
            head[name] = ";".join(pieces[: parameters + 1])
    encoding = fields.first("content-transfer-encoding").partition(";")[0]
    return Mime(
        content_type=head.get_content_type(),
        charset=head.get_content_charset("") or "",
        flowed=_parameter(head, "format") == "flowed",
        delsp=_parameter(head, "delsp") == "yes",
        boundary=head.get_boundary("") or "",
        disposition=head.get_content_disposition() or "",
        filename=one_line(words_decoded(head.get_filename("") or "")),
        encoding=encoding.strip().lower(),
    )


def _parameter(head: email.message.Message, name: str) -> str:
    value = head.get_param(name, "")
    return value.lower() if isinstance(value, str) else ""
