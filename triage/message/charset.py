"""Bytes become text: charsets as declared, as mis-declared and as not declared at all. Pure."""

import encodings.aliases
import re
from binascii import Error as BinasciiError
from binascii import a2b_base64, a2b_qp

# What a label means in the mails that use it. Browsers and mail programs read these the same way
# (WHATWG Encoding Standard, section 4.2): the older label stands for the larger charset.
_MEANT = {
    "iso88591": "cp1252",
    "latin1": "cp1252",
    "iso885911": "cp874",
    "iso88598i": "iso8859_8",
    "iso88598e": "iso8859_8",
    "ksc56011987": "cp949",
    "ksc5601": "cp949",
    "euckr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shiftjis": "cp932",
    "sjis": "cp932",
    "iso2022jp": "iso2022_jp_ext",
    "big5": "big5hkscs",
    "unicode11utf7": "utf_7",
    "utf8mb4": "utf_8",
    "macintosh": "mac_roman",
}
# Python's aliases also name codecs that are no charsets.
_NO_CHARSETS = {"base64_codec", "bz2_codec", "hex_codec", "mbcs", "quopri_codec", "rot_13"}
_NO_CHARSETS |= {"uu_codec", "zlib_codec"}


def _squeezed(label: str) -> str:
    return re.sub(r"[^a-z0-9]", "", label.lower())


_CODECS = {
    _squeezed(name): codec
    for alias, codec in encodings.aliases.aliases.items()
    for name in (alias, codec)
    if codec not in _NO_CHARSETS
} | _MEANT

# The common labels under which octets below 128 are ASCII: nothing to find out then.
_ASCII_TOO = {"us-ascii", "utf-8", "iso-8859-1", "iso-8859-15", "windows-1252"}
_CP1252 = {at: bytes([at]).decode("cp1252", "ignore") or at for at in range(0x80, 0xA0)}

# What base64 is not made of, RFC 2045 section 6.8.
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NO_BASE64 = bytes(set(range(256)) - set(_BASE64))

_NEWLINE = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Control characters, lone surrogates, and the invisible ones that only pad or break words.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]"
    r"|[\u200c\u200d]{2,}"
)
# Marks that turn the direction of writing (UAX #9): a name may not reorder the line it stands in.
_BIDI = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# An encoded word, RFC 2047 section 2, with the spaces some programs leave inside. Its pieces stop
# at the next question mark, so that a failed match costs no more than its own length.
_WORD = re.compile(r"=\?([^?\s]{1,80})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(?<=\?=)[ \t\r\n]+(?==\?)")


def decode(raw: bytes, label: str | None) -> str:
    """The text of `raw`, said to be in charset `label`; never fails.

    UTF-8 is so unlikely by accident that valid UTF-8 is read as such under any one-byte label.
    What fits neither the label nor UTF-8 is read as cp1252 when the label says little, and else
    by the label with replacement characters.
    """
    if raw.isascii() and (not label or label.lower() in _ASCII_TOO):
        return raw.decode("ascii")
    name = _squeezed(label or "")
    codec = _CODECS.get(name) or _CODECS.get(name.removeprefix("x"), "")
    multibyte = codec.startswith(("utf_16", "utf_32", "utf_7", "iso2022", "hz"))
    attempts = [codec, "utf_8"] if multibyte else ["utf_8", codec]
    for attempt in attempts:
        if attempt not in {"", "ascii"}:
            try:
                return raw.decode(attempt)
            except UnicodeDecodeError as error:
                if _is_cut_off(raw, error):
                    return raw[: error.start].decode(attempt)
            except (UnicodeError, LookupError):
                continue
    if codec in {"", "ascii", "utf_8", "utf_8_sig", "cp1252"}:
        return _cp1252(raw)
    return raw.decode(codec, "replace")


def _is_cut_off(raw: bytes, error: UnicodeDecodeError) -> bool:
    """Whether only the last character is incomplete, below others of several octets."""
    return len(raw) - error.start < 4 and not raw[: error.start].isascii()


def _cp1252(raw: bytes) -> str:
    """cp1252 with its five holes read as ISO 8859-1, so that every byte is a character."""
    return raw.decode("latin_1").translate(_CP1252)


def transfer_decoded(raw: bytes, encoding: str) -> bytes:
    """`raw` without its content transfer encoding, RFC 2045 section 6, as far as possible."""
    if encoding == "quoted-printable":
        return a2b_qp(raw)
    if encoding == "base64":
        try:
            return a2b_base64(raw)
        except BinasciiError:  # cut off, or the padding is missing
            letters = raw.translate(None, _NO_BASE64)
            if len(letters) % 4 == 1:
                letters = letters[:-1]
            return a2b_base64(letters + b"=" * (-len(letters) % 4))
    return raw


def clean(text: str) -> str:
    """Lines end in "\\n"; no control characters but "\\n" and "\\t"; a hard space is a space."""
    return _UNSEEN.sub("", _NEWLINE.sub("\n", text)).replace("\xa0", " ")


def one_line(text: str) -> str:
    """A value for a line of its own: no control or bidi characters, white space collapsed."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(_BIDI.sub("", clean(text)).split())


def words_decoded(value: str) -> str:
    """A header value with its encoded words decoded, RFC 2047, leniently: also inside quotes or
    a word, and a character split over two words (section 5 forbids it, many programs do it)."""
    if "=?" not in value:
        return value
    value = _BETWEEN_WORDS.sub("", value)
    pieces: list[str] = []
    run = b""
    label = ""
    end = 0
    for word in _WORD.finditer(value):
        charset = word[1].partition("*")[0]  # RFC 2231 section 5: charset*language
        if word.start() != end or charset.lower() != label.lower():
            pieces += [decode(run, label), value[end : word.start()]]
            run, label = b"", charset
        run += _word_octets(word[2], word[3])
        end = word.end()
    return "".join([*pieces, decode(run, label), value[end:]])


def _word_octets(encoding: str, text: str) -> bytes:
    octets = text.encode("utf-8", "replace")
    if encoding in "bB":
        return transfer_decoded(octets, "base64")
    # A bare space breaks the rule, and one at the end would be lost.
    return a2b_qp(octets.replace(b" ", b"_"), header=True)
