"""Letters to strangers: every mail of this folder, as the program answers it today."""

import json
import os
import shutil
import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from triage.cli.explain import desk
from triage.config import load
from triage.finding import Finding, explain
from triage.reply import breaches
from triage.reply.cases import LETTERS
from triage.taxonomy import Outcome

HERE = Path(__file__).parent
MAILS = json.loads((HERE / "index.json").read_text("utf-8"))


def configured(shop: Path, folder: Path) -> Path:
    """A configuration of this shop, with its order book beside it."""
    text = (shop / "shop.toml").read_text("utf-8")
    email = tomllib.loads(text)["shop"]["email"]
    lines = [line for line in text.splitlines() if not line.startswith("email")]
    lines += ["[orders]", 'file = "orders.csv"', "[accounts.shop]", f'address = "{email}"']
    lines += ['host = "localhost"', 'password_env = "NONE"']
    path = folder / "config.toml"
    path.write_text("\n".join(lines), "utf-8")
    shutil.copy(shop / "orders.csv", folder)
    return path


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Finding]:
    """What is made of each mail on the day on which it was read, with that day's order book."""
    findings = {}
    for name in sorted({mail["shop"] for mail in MAILS.values()}):
        path = configured(HERE / "shops" / name, tmp_path_factory.mktemp(name))
        whole = desk(load(path, {}))
        for number, mail in MAILS.items():
            if mail["shop"] == name:
                now = datetime.fromisoformat(mail["now"])
                os.utime(path.with_name("orders.csv"), (now.timestamp() - 3600,) * 2)
                assert whole.orders.renew() is None
                raw = (HERE / "mails" / f"{number}.eml").read_bytes()
                findings[number] = explain(whole, raw, now)
    return findings


def test_nearly_every_complaint_is_seen(found: dict[str, Finding]) -> None:
    """All of them complain, some of them mildly."""
    outcomes = [each.outcome for each in found.values()]
    assert outcomes.count(Outcome.FLAGGED) >= 0.9 * len(outcomes)
    assert outcomes.count(Outcome.PASSED) <= 0.04 * len(outcomes)


def test_every_letter_is_whole(found: dict[str, Finding]) -> None:
    """Nothing unfilled, nothing that should not be said, and the customer's own mail below."""
    for number, each in found.items():
        if each.outcome is Outcome.FLAGGED:
            assert each.draft is not None
            assert each.draft.template in LETTERS
            letter, _, quoted = each.draft.body.partition("\n> ")
            assert quoted
            written = letter.rpartition("\n\n")[0]
            assert "[[" not in written
            # The days are the order's and the occasion's.
            wrong = {breach.code for breach in breaches(written)} - {"date-unknown"}
            assert wrong == set(), number
