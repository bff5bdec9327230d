"""config.example.toml against the code that reads the file."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from triage.config import Config, parse
from triage.config.shape import PASSWORD_KEYS, read
from triage.config.table import Reading, Table

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
TEXT = EXAMPLE.read_text(encoding="utf-8")
PASSWORD_LINE = re.compile(rf"^#?({'|'.join(PASSWORD_KEYS)}) =.*\n", re.MULTILINE)


# Two more that exclude each other: where the orders come from.
ORDER_LINES = {"file": "file = ", "command": "command = "}


def without(orders_key: str, text: str) -> str:
    """A text without one of the two."""
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(ORDER_LINES[orders_key]))


def uncommented(password_key: str = "password_command") -> str:
    """The example with every key switched on, and one source of the password."""
    text = PASSWORD_LINE.sub(lambda found: found[0] if found[1] == password_key else "", TEXT)
    return re.sub(r"^#(?=[a-z_]+ = |\[\[)", "", text, flags=re.MULTILINE)


def load(text: str) -> Config:
    config, problems = parse(tomllib.loads(text), EXAMPLE, Path("/state"))
    assert problems == ()
    return config


def paths(values: Mapping[str, object], above: str = "") -> set[str]:
    """The path of every key and table in a file's content."""
    return {
        path
        for key, value in values.items()
        for path in {
            f"{above}{key}",
            *(paths(value, f"{above}{key}.") if isinstance(value, dict) else ()),
            *(path for row in rows(value) for path in paths(row, f"{above}{key}.")),
        }
    }


def rows(value: object) -> list[dict[str, object]]:
    """The tables of a list of tables."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def test_the_example_loads_as_it_stands() -> None:
    """A copy of the example is a configuration."""
    assert load(TEXT).accounts[0].host == "imap.shop.example"


@pytest.mark.parametrize("password_key", PASSWORD_KEYS)
@pytest.mark.parametrize("orders_key", ORDER_LINES)
def test_the_example_loads_with_every_key_switched_on(password_key: str, orders_key: str) -> None:
    """Every key in the example is a key of the code, with a value it takes."""
    load(without(orders_key, uncommented(password_key)))


def test_the_example_names_every_key_of_the_code() -> None:
    """No key can be added to the code without a line in the example."""
    in_example = {path for key in PASSWORD_KEYS for path in paths(tomllib.loads(uncommented(key)))}
    reading = Reading()
    read(
        Table({"accounts": {"shop": {}}, "shop": {"notice": [{}]}}, reading),
        EXAMPLE,
        Path("/state"),
    )
    assert in_example == reading.asked


def test_commented_keys_show_their_defaults() -> None:
    """Switching on all commented keys changes nothing, but for those that have no default."""
    plain, full = load(TEXT), load(without("command", uncommented()))
    account = replace(
        full.accounts[0],
        addresses=plain.accounts[0].addresses,
        ca_file=None,
        listed=(),
        drafts="",
        sent="",
        trash="",
        own_lists=frozenset(),
        labels_keep=None,
    )
    assert account == plain.accounts[0]
    without_examples = replace(
        full,
        state=plain.state,
        accounts=plain.accounts,
        shop=replace(full.shop, closed=(), notices=(), catalogue=()),
        templates=None,
        model=None,
        flag=None,
        unsure=None,
        orders=None,
    )
    assert without_examples == plain
