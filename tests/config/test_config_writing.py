"""A configuration written from values is read as these values."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.config import parse
from triage.config.writing import ACCOUNT, assignment, example, written

HERE = f"accounts.{ACCOUNT}"
NEEDED = {
    (HERE, "address"): "hello@shop.example",
    (HERE, "host"): "imap.shop.example",
    (HERE, "password_file"): "password",
}
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def test_what_is_given_and_nothing_else() -> None:
    """The example's own shop and password are gone, its words are there."""
    values = {**NEEDED, ("shop.remedies", "refund"): True, ("shop", "open"): ["mon", "fri"]}
    text = written(values)
    assert tomllib.loads(text) == {
        "shop": {"remedies": {"refund": True}, "open": ["mon", "fri"]},
        "orders": {"columns": {}},
        "classifier": {},
        "accounts": {
            "shop": {
                "address": "hello@shop.example",
                "host": "imap.shop.example",
                "password_file": "password",
            }
        },
    }
    config, problems = parse(tomllib.loads(text), Path("/c/config.toml"), Path("/state"))
    assert problems == ()
    assert config.accounts[0].password.file == Path("/c/password")
    assert "Copy it" not in text
    told = [line for line in example().splitlines() if line.startswith("# ")]
    assert len(set(told) - set(text.splitlines())) == 2  # the two lines of that paragraph


@given(name=TEXT, many=st.lists(TEXT, max_size=3), number=st.integers(), sure=st.booleans())
def test_any_value_survives(name: str, many: list[str], number: int, *, sure: bool) -> None:
    values = {
        ("shop", "name"): name,
        ("shop", "answer_within"): number,
        ("shop", "praise"): sure,
        (HERE, "password_command"): many,
    }
    content = tomllib.loads(written(values))
    assert content["shop"] == {
        "name": name,
        "answer_within": number,
        "praise": sure,
        "remedies": {},
    }
    assert content["accounts"]["shop"] == {"password_command": many}


def test_a_key_that_is_none() -> None:
    with pytest.raises(KeyError):
        written({("shop", "nmae"): "x"})
    assert assignment("a", 'b"c\n') == 'a = "b\\"c\\n"'
