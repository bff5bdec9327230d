"""`triage report`: the same figures in a terminal, on a page, and for programs."""

import json
import re
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from triage.cli.group import triage
from triage.cli.reviewwords import MONTHS
from triage.ledger import Ledger
from triage.message import Address
from triage.place import Ref, Status, Stored
from triage.record import Done, Judged
from triage.reply import Draft

DAY = 86400.0
OWNER = Address("Mira", "hello@shop.example")
INBOX = Status("INBOX", 7, 1000, 999, read_only=False)
HOSTILE = '<script>alert(1)</script> "mug"'
ADA = "ada\u202e@customer.example"


def complaint(number: int, ago: float, topic: str = "damaged") -> Done:
    arrived = time.time() - ago * DAY
    digest = f"{number:064x}"
    judged = Judged(
        digest,
        f"<{number}@customer.example>",
        f"echo {number}",
        arrived,
        arrived + 60,
        "flagged",
        "complaint",
        origin="customer",
        topic=topic,
        complaint=0.97,
        writer=ADA,
        subject="My secret words",
        complainant=ADA,
        order_key=str(4000 + number),
    )
    ids = (f"<{number}.1@shop.example>", 1, digest, "damaged", OWNER, (), OWNER, "Re: it")
    letter = Draft(*ids, f"<{number}@customer.example>", (), "Hello", (), b"raw")
    return Done(Ref("INBOX", 7, number), digest, judged, letter)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A shop with a year behind it, and three broken mugs of late."""
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    ledger = Ledger.open(state, OWNER.key)
    ledger.since(time.time() - 300 * DAY, 0)
    ledger.enter(INBOX, time.time() - 300 * DAY)
    done = [complaint(1, 200, "late"), *(complaint(n, n) for n in range(2, 8))]
    ledger.listed(INBOX, [each.ref.uid for each in done])
    ledger.finish(done, time.time())
    for each in done[:4]:
        assert each.draft
        ledger.stored(each.draft.message_id, Stored(Ref("Drafts", 1, each.ref.uid), "x"), 1.0)
    assert done[1].draft
    assert done[2].draft
    assert done[2].digest
    ledger.sent(done[1].draft.message_id, time.time() - 2 * DAY + 3600, 0.0)
    ledger.answered(f"{2:064x}", time.time() - 2 * DAY + 7200, "letter")
    ledger.corrected({done[2].digest: False}, time.time())
    ledger.fated(done[2].draft.message_id, "corrected", time.time())
    ledger.close()
    book = tmp_path / "orders.csv"
    rows = [f'{4000 + n},"{HOSTILE.replace(chr(34), chr(34) * 2)}",DHL' for n in range(1, 8)]
    book.write_text("\n".join(["number,item,carrier", *rows]) + "\n")
    path = tmp_path / "config.toml"
    path.write_text(
        f'state = "{state}"\n[shop]\nname = "Mira & Co"\n[orders]\nfile = "{book}"\n'
        '[orders.columns]\nnumber = "number"\nitem = "item"\ncarrier = "carrier"\n'
        f'[accounts.shop]\naddress = "{OWNER.addr}"\nhost = "localhost"\npassword_env = "X"\n'
    )
    return path


def told(config: Path, *arguments: str) -> Result:
    return CliRunner().invoke(triage, ["--config", str(config), "report", *arguments])


def test_in_a_terminal(config: Path) -> None:
    """Who waits is named there, since the owner has to find the mail; nobody's words are shown."""
    done = told(config)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "6 mails read, 6 of them from customers; 5 complaints" in done.stdout
    assert "1 was flagged, and by your labels no complaint." in done.stdout
    mug = f"{HOSTILE}: damaged or not working: 5 in the last 14 days, none in the "
    assert mug in re.sub(r"\s+", " ", done.stdout)
    assert "You sent 1 of 3 letters, 1 as they were." in done.stdout
    assert "Taken away: 1 because you called the mail no complaint." in done.stdout
    assert "4 still wait" in done.stdout
    assert "@customer.example, damaged or not working" in done.stdout
    assert "\u202e" not in done.stdout
    assert "secret" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_on_a_page(config: Path, tmp_path: Path) -> None:
    """One file of its owner's, with nothing from elsewhere, no script, and no customer in it."""
    page = tmp_path / "autumn.html"
    done = told(config, "--html", str(page))
    assert done.stderr == f"The page is {page}.\n"
    assert page.stat().st_mode & 0o777 == 0o600
    html = page.read_text()
    assert "Mira &amp; Co: complaints" in html
    assert "&lt;script&gt;alert(1)" in html
    assert not re.search(r"<script|https?:|src=|@customer|secret", html)
    assert "default-src 'none'" in html
    again = told(config, "--html", str(page))
    assert again.exit_code == 2
    assert str(page) in again.stderr
    assert page.read_text() == html


def test_for_programs(config: Path) -> None:
    """One object, with nobody's address in it."""
    done = told(config, "--json", "--days", "365")
    found = json.loads(done.stdout)
    assert (found["mails"], found["complaints"], found["overruled"]) == (7, 6, 1)
    assert found["topics"] == {"damaged": 5, "late": 1}
    assert found["orders"]["products"] == {HOSTILE: 6}
    assert found["orders"]["carriers"] == {"DHL": 6}
    assert found["letters"]["all"]["corrected"] == 1
    assert found["letters"]["all"]["as-is"] == 1
    assert (found["answered"], len(found["waiting"])) == (1, 5)
    assert {alarm["topic"] for alarm in found["alarms"]} >= {"damaged"}
    assert [each["labelled_no_complaint"] for each in found["months"]].count(1) == 1
    assert "customer.example" not in done.stdout


def test_without_an_order_book(config: Path) -> None:
    """A line says so, and there is no empty table."""
    text = config.read_text()
    config.write_text(text[: text.index("[orders]")] + text[text.index("[accounts") :])
    done = told(config)
    assert "There is no order book" in done.stdout
    assert "carrier\n" not in done.stdout
    assert json.loads(told(config, "--json").stdout)["orders"] is None


def test_a_book_that_cannot_be_read(config: Path, tmp_path: Path) -> None:
    """Said; the rest is told all the same."""
    (tmp_path / "orders.csv").unlink()
    done = told(config)
    assert done.exit_code == 0
    assert "orders.csv" in done.stderr
    assert "5 complaints" in done.stdout


@pytest.mark.parametrize("columns", ["60", "80", "200"])
def test_it_fits(config: Path, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    """The screen, up to 100 columns."""
    monkeypatch.setattr("triage.cli.report.columns", lambda: int(columns))
    lines = told(config).stdout.splitlines()
    assert max(map(len, lines)) <= min(int(columns), 100)
    (head,) = (line for line in lines if line.startswith("  month"))
    assert head.split() == ["month", *MONTHS]


def test_before_the_first_look(config: Path, tmp_path: Path) -> None:
    """Nothing is known, and no file is made."""
    for file in (tmp_path / "state").iterdir():
        file.unlink()
    done = told(config)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "has not looked at any mail yet" in done.stderr
    assert list((tmp_path / "state").iterdir()) == []
