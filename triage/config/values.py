"""What a single value of the file must look like: returned, or refused by BadValueError. Pure."""

import re
import shlex
import time
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from datetime import time as dtime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from triage.config.table import BadValueError, type_name
from triage.reply import DaysOff

Choice = TypeVar("Choice", bound=StrEnum)

# More than so many characters are no notice: a letter has 60 to 140 words.
NOTICE = 240
# The classifier's encoders that have a name.
ENCODERS = ("", "words", "semantic")
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_TIME_UNITS = {
    spelling: seconds
    for unit, seconds in _SECONDS.items()
    for spelling in (unit, unit + "s", unit[0], unit[:3])
}
_SIZE_UNITS = {"kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000}
_QUANTITY = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,3})?) ?([A-Za-z]+)")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BadValueError("wrong-type", wanted="text", found=type_name(value))
    return value


def line(value: object) -> str:
    """One line without control or bidi characters, no space around it."""
    text = _text(value)
    if any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in text):
        raise BadValueError("control-character")
    return text.strip()


def name(value: object) -> str:
    """A line that says something."""
    text = line(value)
    if not text:
        raise BadValueError("empty")
    return text


def names(value: object) -> tuple[str, ...]:
    """A name, or a list of several."""
    if not isinstance(value, list):
        return (name(value),)
    if not value:
        raise BadValueError("empty")
    return tuple(map(name, value))


def paragraph(value: object) -> str:
    """Lines of text, no empty ones around them."""
    return "\n".join(line(part) for part in _text(value).strip().splitlines())


def switch(value: object) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise BadValueError("wrong-type", wanted="boolean", found=type_name(value))
    return value


def whole(low: int, high: int) -> Callable[[object], int]:
    """A whole number from `low` to `high`."""

    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise BadValueError("wrong-type", wanted="integer", found=type_name(value))
        if not low <= value <= high:
            raise BadValueError("out-of-range", low=low, high=high)
        return value

    return read


def probability(value: object) -> float:
    """A number strictly between 0 and 1."""
    if not isinstance(value, float):
        if isinstance(value, int) and not isinstance(value, bool):
            raise BadValueError("not-a-probability")
        raise BadValueError("wrong-type", wanted="float", found=type_name(value))
    if not 0.0 < value < 1.0:
        raise BadValueError("not-a-probability")
    return value


def choice(options: type[Choice]) -> Callable[[object], Choice]:
    """One of an enumeration's words."""

    def read(value: object) -> Choice:
        try:
            return options(_text(value))
        except ValueError:
            raise BadValueError(
                "not-a-choice", options=tuple(str(option) for option in options)
            ) from None

    return read


def hour_or_none(value: object) -> dtime | None:
    """A time of day such as "07:30", or one of TOML's own; false or "" for none."""
    if value is False or value == "":
        return None
    if isinstance(value, dtime):
        return value.replace(tzinfo=None)
    try:
        return datetime.strptime(_text(value), "%H:%M").time()  # noqa: DTZ007 (the owner's)
    except ValueError:
        raise BadValueError("not-an-hour") from None


def date_format(value: object) -> str:
    """How dates are written, in the codes of strptime: day, month and year, each of them."""
    text = name(value)
    day = date(2031, 12, 24)
    try:
        read = date(*time.strptime(day.strftime(text), text)[:3])
    except (ValueError, re.error):  # the same code twice
        raise BadValueError("not-a-date-format") from None
    if read != day:
        raise BadValueError("not-a-date-format")
    return text


def day(value: object) -> date:
    """A day such as 2026-12-24: a date of TOML's own, or a text."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return datetime.strptime(_text(value), "%Y-%m-%d").date()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        raise BadValueError("not-a-day") from None


def days_off(value: object) -> DaysOff:
    """A day, or the first and the last one of several: "2026-12-24..2027-01-01"."""
    first, _, last = value.partition("..") if isinstance(value, str) else (value, "", "")
    off = DaysOff(day(first), day(last or first))
    if not timedelta(0) <= off.last - off.first <= timedelta(366):
        raise BadValueError("not-days-off")
    return off


def notice(value: object) -> str:
    """One or two plain sentences on one line."""
    text = name(value)
    if len(text) > NOTICE:
        raise BadValueError("too-long", limit=NOTICE)
    if re.search(r"[\\{}\[\]<>|]", text):
        raise BadValueError("not-plain")
    return text


def path(folder: Path) -> Callable[[object], Path]:
    """A path; `~` is the home folder, a relative one begins in `folder`."""

    def read(value: object) -> Path:
        try:
            return folder / Path(name(value)).expanduser()
        except RuntimeError:  # `~somebody` who does not exist
            raise BadValueError("no-such-home") from None

    return read


def encoder(folder: Path) -> Callable[[object], str | Path]:
    """One of the encoders triage knows by a word, or the path of another."""

    def read(value: object) -> str | Path:
        word = line(value)
        return word if word in ENCODERS else path(folder)(word)

    return read


def duration(low: str, high: str) -> Callable[[object], float]:
    """A length of time such as "7 days", "90 seconds", "2 h", in seconds."""

    def read(value: object) -> float:
        seconds = _amount(value, _TIME_UNITS)
        if seconds is None:
            raise BadValueError("not-a-duration")
        return _within(seconds, low, high, _TIME_UNITS)

    return read


def size(low: str, high: str) -> Callable[[object], float]:
    """A size such as "25 MB" (a million octets each), in octets."""

    def read(value: object) -> float:
        octets = _amount(value, _SIZE_UNITS)
        if octets is None:
            raise BadValueError("not-a-size")
        return _within(octets, low, high, _SIZE_UNITS)

    return read


def _amount(value: object, units: Mapping[str, int]) -> float | None:
    """A number and its unit in the smallest one; None for anything else."""
    found = _QUANTITY.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found or found[2].lower() not in units:
        return None
    return float(Decimal(found[1]) * units[found[2].lower()])


def _within(amount: float, low: str, high: str, units: Mapping[str, int]) -> float:
    if not (_amount(low, units) or 0.0) <= amount <= (_amount(high, units) or 0.0):
        raise BadValueError("out-of-range", low=low, high=high)
    return amount


def command(value: object) -> tuple[str, ...]:
    """A program and its arguments: a list, or a string split as a shell would."""
    try:
        parts = shlex.split(value) if isinstance(value, str) else value
    except ValueError:
        raise BadValueError("unbalanced-quotes") from None
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise BadValueError("not-a-command")
    if not parts or not parts[0] or any("\0" in part for part in parts):
        raise BadValueError("not-a-command")
    return tuple(parts)


def variable(value: object) -> str:
    """The name of an environment variable."""
    text = name(value)
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", text):
        raise BadValueError("not-a-variable")
    return text


def credential(value: object) -> str:
    """The name of a systemd credential: one file name."""
    text = name(value)
    if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", text):
        raise BadValueError("not-a-credential")
    return text
