"""The bytes of a reply: 7-bit ASCII, CRLF, one text/plain part.

Written here and not by `email.message`, whose policies break a long id of References into
encoded-words, and which folds quoted-printable in the middle of a character.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import format_datetime

from triage.message import Address
from triage.reply.address import ascii_address

_LINE = 78  # RFC 5322 section 2.1.1, without CRLF
_ENCODED_LINE = 76  # RFC 2047 section 2, a line of a header that holds an encoded-word
_WORD = 75  # RFC 2047 section 2, one encoded-word
# The strictest set of RFC 2047 section 5 (3), good in every place.
_Q_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")


def _folded(name: str, tokens: Iterable[str]) -> str:
    """A field with its tokens parted by single blanks, folded at these and nowhere else.

    The first token stays beside the name: some servers take an empty first line for an empty field.
    """
    out, column = f"{name}:", len(name) + 1
    for number, token in enumerate(tokens):
        limit = _ENCODED_LINE if token.startswith("=?") else _LINE
        if number and column + 1 + len(token) > limit:
            out, column = out + "\r\n", 0
        out, column = f"{out} {token}", column + 1 + len(token)
    return out


def _q(data: bytes) -> str:
    return "".join(
        chr(byte) if byte in _Q_SAFE else "_" if byte == 0x20 else f"={byte:02X}" for byte in data
    )


def _b(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _encoded_words(text: str, column: int) -> list[str]:
    """RFC 2047 section 2: whole characters in each word; the first leaves room for `column`
    characters before it. Decoders drop the blanks between, so the text comes back as it was."""
    letter, code = ("q", _q) if len(_q(text.encode())) <= len(_b(text.encode())) else ("b", _b)
    start, end = f"=?utf-8?{letter}?", "?="
    words, piece = [], ""
    room = min(_WORD, _ENCODED_LINE - column) - len(start + end)
    for character in text:
        if piece and len(code((piece + character).encode())) > room:
            words.append(start + code(piece.encode()) + end)
            piece, room = "", _WORD - len(start + end)
        piece += character
    return [*words, start + code(piece.encode()) + end]


def _plain(word: str) -> bool:
    return word.isascii() and len(word) < _LINE // 2 and "=?" not in word


def _unstructured(name: str, text: str) -> str:
    """A field of free text: its first words as they are, from the first that cannot be on as
    encoded-words. `text` is one line with single blanks."""
    words = text.split(" ")
    plain = next((i for i, word in enumerate(words) if not _plain(word)), len(words))
    tokens, rest = words[:plain], " ".join(words[plain:])
    if rest:
        column = len(_folded(name, [*tokens, ""]).rpartition("\r\n")[2])
        tokens += _encoded_words(rest, column if column < _LINE // 2 else 1)
    return _folded(name, tokens)


def _address(name: str, address: Address) -> str:
    """A field with one address: RFC 5322 section 3.4. ValueError when it cannot be written."""
    addr = ascii_address(address.addr)
    if not address.name:
        return _folded(name, [addr])
    if not address.name.isascii() or "=?" in address.name or len(address.name) > _LINE // 2:
        phrase = _encoded_words(address.name, len(name) + 2)
    elif _ATOMS.fullmatch(address.name):
        phrase = [address.name]
    else:
        phrase = ['"' + re.sub(r'(["\\])', r"\\\1", address.name) + '"']
    return _folded(name, [*phrase, f"<{addr}>"])


def quoted_printable(text: str) -> str:
    """A text's lines in quoted-printable, CRLF between and after: RFC 2045 section 6.7.

    A line of the text is one line however long: soft breaks only, none inside a character. "From "
    is encoded where a line of the file may begin, else an mbox on the way changes it.
    """
    out = []
    for line in text.split("\n"):
        column = 0
        for i, character in enumerate(line):
            last = i == len(line) - 1
            plain = " " <= character <= "~" and character != "="
            if plain and not (character == " " and last) and not line.startswith("From ", i):
                token = character
            else:
                token = "".join(f"={byte:02X}" for byte in character.encode())
            if column + len(token) > 75:
                out.append("=\r\n")
                column = 0
            out.append(token)
            column += len(token)
        out.append("\r\n")
    return "".join(out)


def mail(
    *,
    from_: Address,
    to: Address | None,
    subject: str,
    in_reply_to: str | None,
    references: Sequence[str],
    message_id: str,
    date: datetime,
    body: str,
) -> bytes:
    """The whole mail. `date` is aware; ids are usable ids; names and subject are clean single
    lines. Without an address there is no To at all: an empty one is against RFC 5322.

    Raises ValueError when an address cannot be written in ASCII.
    """
    fields = [_address("From", from_)]
    if to:
        fields.append(_address("To", to))
    fields.append(_unstructured("Subject", subject))
    if in_reply_to:
        fields.append(_folded("In-Reply-To", [in_reply_to]))
    if references:
        fields.append(_folded("References", references))
    fields += [
        f"Message-ID: {message_id}",
        f"Date: {format_datetime(date)}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
    ]
    return ("\r\n".join(fields) + "\r\n\r\n" + quoted_printable(body)).encode("ascii")
