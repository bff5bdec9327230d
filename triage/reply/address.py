"""An address as it may stand in a mail of 7-bit ASCII."""

import re
import unicodedata
from functools import lru_cache

# RFC 5322 section 3.4.1, with the dots in odd places that some providers once gave out. An
# encoded-word is refused: a client that decodes it sends elsewhere than we wrote (RFC 2047 5.).
_LOCAL = re.compile(r"(?!.*=\?)(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+|\"(?:[ !#-\[\]-~]|\\[ -~])*\")")
_LABEL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_LITERAL = re.compile(r"\[[A-Za-z0-9.:-]{1,80}\]")
_LETTERS = frozenset("LMN")


def _ascii_label(label: str) -> str:
    """RFC 5891 section 4.4. Not the stdlib's `idna` codec, which is RFC 3490: it writes "ss" for
    "ß", and the mail goes to somebody else's domain."""
    if not label.isascii():
        label = unicodedata.normalize("NFKC", label).lower()
        if any(c != "-" and unicodedata.category(c)[0] not in _LETTERS for c in label):
            raise ValueError("label")
        label = "xn--" + label.encode("punycode").decode("ascii")
    if not _LABEL.fullmatch(label):
        raise ValueError("label")
    return label


@lru_cache(maxsize=1000)  # of a shop's customers most are with few providers
def ascii_domain(domain: str) -> str:
    """The A-label form of a domain. Raises ValueError when it is none."""
    if _LITERAL.fullmatch(domain):
        return domain
    if len(domain) > 253:
        raise ValueError("domain")
    return ".".join(_ascii_label(label) for label in domain.split("."))


def ascii_address(addr: str) -> str:
    """An addr-spec in ASCII, the local part as written. Raises ValueError when there is none:
    mail to a local part outside ASCII needs SMTPUTF8 (RFC 6531), which no draft can ask for."""
    local, _, domain = addr.rpartition("@")
    if len(local) > 128 or not _LOCAL.fullmatch(local):
        raise ValueError("local part")
    return f"{local}@{ascii_domain(domain)}"


def address_key(addr: str) -> str:
    """The address for telling whether two are one: as it would stand in To, without case. "" where
    no mail can be written to it.

    Stricter than `Address.key`: case folding makes "ss" of "ß", and one person's domain
    of another's. A subaddress (RFC 5233) is an address of its own.
    """
    try:
        return ascii_address(addr).lower()
    except ValueError:
        return ""
