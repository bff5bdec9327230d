"""A configuration file written from values: the example with these in their places. Pure, but that
the example is read from the package."""

import re
from collections.abc import Mapping
from importlib.resources import files

import tomli_w

# The account's name in the example, and so in what is written.
ACCOUNT = "shop"
_TABLE = re.compile(r"#?\[+([\w.]+)\]+\s*")
_KEY = re.compile(r"(#?)(\w+) = .*")
# The paragraph of the example that tells how to come by a file of one's own.
_COPY = re.compile(r"^# Copy it to.*?^#\n", re.MULTILINE | re.DOTALL)


def example() -> str:
    """config.example.toml: every key there is, with what it means."""
    return files("triage.config").joinpath("example.toml").read_text("utf-8")


def written(values: Mapping[tuple[str, str], object]) -> str:
    """A commented file that holds these values, by table and key, such as ("accounts.shop",
    "host"); every other key is commented out. KeyError for a key that is none."""
    left = dict(values)
    lines, table = [], ""
    for line in _COPY.sub("", example()).splitlines():
        if heading := _TABLE.fullmatch(line):
            table = heading[1]
        key = _KEY.fullmatch(line)
        value = left.pop((table, key[2]), None) if key else None
        if key and value is not None:
            lines.append(assignment(key[2], value))
        else:
            lines.append(f"#{line}" if key and not key[1] else line)
    if left:
        raise KeyError(next(iter(left)))
    return "\n".join(lines) + "\n"


def assignment(key: str, value: object) -> str:
    """`key = value` in TOML."""
    return tomli_w.dumps({key: value}).rstrip("\n")
