"""The daily digest, which the program lays into the inbox: known by its Message-ID, so that it is
never judged, nor laid twice."""

import re
from base64 import b32encode
from datetime import date
from hashlib import sha256

from triage.origin.types import House

_ID = re.compile(r"<digest\.(\d{4}-\d{2}-\d{2})\.([a-z2-7]{16})@[^<>@\s]+>")


def daily_id(owner: str, day: date) -> str:
    """The Message-ID of a day's digest. `owner` is the account's main address."""
    domain = owner.casefold().rpartition("@")[2]
    return f"<digest.{day.isoformat()}.{_check(owner, day.isoformat())}@{domain}>"


def is_daily(message_id: str | None, house: House) -> bool:
    """Whether a mail is a digest of this house: another program's id passes in none of 10^24."""
    found = _ID.fullmatch(message_id or "")
    return found is not None and any(
        found[2] == _check(own.addr, found[1]) for own in house.addresses
    )


def _check(owner: str, day: str) -> str:
    whole = sha256(f"digest {owner.casefold()} {day}".encode()).digest()[:10]
    return b32encode(whole).decode("ascii").lower()
