"""`triage forget`: who is forgotten is nowhere in the state folder, and the rest is as it was."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from configuration import Write
from servers.dovecot import Owner
from servers.memory import Killed
from starter import in_place

from triage.account import Account
from triage.classifier import Entry, corpus, shelf
from triage.cli.group import triage
from triage.daemon.lock import locked
from triage.learning import earlier, forgetting
from triage.learning.labels import FILE, FOLDER, Label, LabelFile, given, taught
from triage.ledger import erasure
from triage.message import read

YES = "Triage/Complaint"
ADA = "ada@customer.example"
HERS = "My xylophone came broken, and I want my money back."
OLDER = "The glockenspiel was late, too."
HIS = "My kettle came broken, and I want my money back."


def mail(sender: str, subject: str, text: str, more: str = "") -> bytes:
    return (
        f"From: {sender}\r\nTo: The Owner <hello@shop.example>\r\nSubject: {subject}\r\n"
        f"Date: {format_datetime(datetime.now(UTC))}\r\n{more}\r\n{text}\r\n"
    ).encode()


def told(config: Path, *arguments: str, said: str = "") -> Result:
    return CliRunner().invoke(triage, ["--config", str(config), *arguments], input=said)


def bytes_of(state: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(state.rglob("*")) if path.is_file())


def traces_of_her(state: Path) -> list[bytes]:
    there = bytes_of(state).lower()
    return [word for word in (b"ada@", b"xylophone", b"glockenspiel") if word in there]


def label(text: str, sender: str = "") -> Label:
    return Label("Order", text, complaint=True, topic=None, sender=sender)


@pytest.fixture
def config(
    imap_account: Account,
    owner: Owner,
    config_of: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """Ada and Bo have complained and been answered; both are labelled, and learned."""
    starter = [each for each in corpus.starter() if each.batch.startswith(("shop-n", "ordinary-g"))]
    in_place(monkeypatch, tmp_path / "corpus", starter[:: len(starter) // 120])
    config, state = (
        config_of(imap_account, 'teaching = "Triage"'),
        tmp_path / "state",
    )
    owner.deliver("INBOX", mail(f"Ada Fox <{ADA}>", "Broken xylophone", HERS))
    owner.deliver("INBOX", mail("bo@b.example", "Broken kettle", HIS))
    assert told(config, "once").exit_code == 0
    owner.copy("INBOX", YES)
    told(config, "once")
    with LabelFile(state) as file:
        file.add(label("The parcel is late.", "Ada Fox <Ada@Customer.example>"))
        file.add(label(OLDER))
        file.add(label(f"Somebody, not {ADA}, wrote this."))
        file.add(label("From Bo."))
    said = [("", HIS), ("Order", "The parcel is late."), ("Order", OLDER)]
    learned = [Entry(subject, text, complaint=True, topic=None) for subject, text in said]
    (state / shelf.LABELS).write_bytes(corpus.serialise(learned))
    for stamp, part in (
        ("20260101T000000.000000Z", learned),
        ("20260201T000000.000000Z", learned[:1]),
    ):
        folder = state / earlier.FOLDER / stamp
        folder.mkdir(parents=True)
        (folder / shelf.LABELS).write_bytes(corpus.serialise(part))
    (state / shelf.VECTORS).write_bytes(b"of the xylophone")
    (state / f"{shelf.WORDS}.damaged").write_bytes(b"of the xylophone")
    (state / FOLDER / f".{FILE}.x7a").write_bytes(b"xylophone, half written")
    older = mail(f"Ada <{ADA}>", "Order", OLDER)
    owner.deliver(
        "Sent",
        mail("hello@shop.example", "Hours", "We are open.").replace(
            b"The Owner <hello@shop.example>", ADA.encode()
        ),
    )
    owner.deliver("Trash", older)
    return config


def test_nothing_of_her_is_left(config: Path, owner: Owner, tmp_path: Path) -> None:
    """No octet of her address or of her words, the stranger's all there; nobody is answered again,
    and nothing is learned of her again. What lies on the server is listed, and stays."""
    state = tmp_path / "state"
    assert len(traces_of_her(state)) == 3
    lying = {folder: owner.mails(folder) for folder in ("INBOX", "Drafts", "Sent", "Trash", YES)}
    before = bytes_of(state)

    seen = told(config, "forget", ADA, "--dry-run")
    assert seen.exit_code == 0, seen.output
    assert bytes_of(state) == before
    done = told(config, "forget", ADA.upper(), "--yes")
    assert done.exit_code == 0, done.output
    head, _, tail = done.output.partition("Erased.\n")
    assert head.splitlines()[:6] == [
        f"Of {ADA} this machine remembers:",
        "  1 mail in the ledger: who wrote, the subject, the order",
        "  1 letter in the ledger",
        "  4 labels with what was written",
        "  2 texts learned: the model is made anew, in a minute",
        "  1 earlier model, which --rollback has no more then",
    ]
    assert head.startswith(seen.output.partition("On the server")[0])
    rows = [line.split(maxsplit=3) for line in tail.splitlines()[1:]]
    assert {(folder, subject) for _, folder, _, subject in rows} == {
        ("INBOX", "Broken xylophone"),
        (YES, "Broken xylophone"),
        ("Drafts", "Re: Broken xylophone"),
        ("Sent", "Hours"),
        ("Trash", "Order"),
    }
    assert traces_of_her(state) == []
    assert b"kettle" in bytes_of(state)
    assert [each.text for each in given(state)] == ["From Bo."]
    assert [each.subject for each in taught(state)] == ["Broken kettle"]
    assert [each.body for each in shelf.labels(state)] == [HIS]
    assert [path.name for path in (state / earlier.FOLDER).iterdir()] == ["20260201T000000.000000Z"]
    model = state / shelf.WORDS
    assert model.is_file()

    again = told(config, "once")
    assert (again.exit_code, again.stdout) == (0, "")
    assert [each.subject for each in taught(state)] == ["Broken kettle"]
    for folder, mails in lying.items():
        assert [(each.uid, each.raw) for each in owner.mails(folder)] == [
            (each.uid, each.raw) for each in mails
        ]
    nothing = told(config, "forget", ADA, "--yes", "--offline")
    assert nothing.stdout.splitlines() == [
        f"This machine remembers nothing of {ADA}.",
        "The server was not asked what lies there.",
    ]


def test_for_programs(config: Path) -> None:
    """One object, and no words beside it."""
    done = told(config, "forget", ADA, "--json", "--dry-run")
    found = json.loads(done.stdout)
    lying = found.pop("on_server")
    assert found == {
        "address": ADA,
        "erased": False,
        "mails": 1,
        "letters": 1,
        "labels": 4,
        "learned": 2,
        "earlier": 1,
        "not_searched": [],
    }
    assert len(lying) == 5
    assert set(lying[0]) == {"account", "mailbox", "uid", "when", "subject"}
    assert json.loads(told(config, "forget", ADA, "--json", "--yes", "--offline").stdout)["erased"]


@pytest.mark.parametrize(("said", "erased"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_it_asks(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, erased: bool
) -> None:
    """At a terminal; whatever is no "yes" is no."""
    monkeypatch.setattr("triage.cli.forget.at_terminal", lambda: True)
    done = told(config, "forget", ADA, "--offline", said=said)
    assert "Erase all that? [y/N]" in done.stdout
    assert done.exit_code == (0 if erased else 1)
    assert ("Erased." in done.stdout) is erased
    assert (traces_of_her(tmp_path / "state") == [b"glockenspiel"]) is erased  # told by the server


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([ADA], "It asks before it erases. Give --yes, or --dry-run to see."),
        (["Ada", "--yes"], "That is no address."),
        (["ä@b.example", "--yes"], "That is no address."),
    ],
)
def test_calls_that_are_wrong(
    imap_account: Account, config_of: Write, arguments: list[str], words: str
) -> None:
    """One sentence, and nothing is begun."""
    done = told(config_of(imap_account), "forget", *arguments)
    assert done.exit_code == 2
    assert words in done.stderr


def test_an_address_of_ones_own(imap_account: Account, config_of: Write) -> None:
    """Nobody forgets himself."""
    done = told(config_of(imap_account), "forget", imap_account.address.addr, "--yes")
    assert (done.exit_code, "an address of your own" in done.stderr) == (2, True)


def test_beside_a_running_triage(imap_account: Account, config_of: Write, tmp_path: Path) -> None:
    """It would keep what it has in hand: one sentence says what to do. To look is allowed."""
    config = config_of(imap_account)
    with locked(tmp_path / "state"):
        done = told(config, "forget", ADA, "--yes", "--offline")
        assert done.exit_code == 75
        assert done.stderr.startswith("Error: triage is running (process ")
        assert "Stop it (Ctrl-C, or systemctl --user stop triage)" in done.stderr
        assert told(config, "forget", ADA, "--dry-run", "--offline").exit_code == 0


def test_a_server_that_is_away(imap_account: Account, config_of: Write, tmp_path: Path) -> None:
    """The machine forgets all the same, and it is said that the server was not searched."""
    config = config_of(imap_account)
    config.write_text(config.read_text().replace(f"port = {imap_account.port}", "port = 1"))
    done = told(config, "forget", ADA, "--yes")
    assert done.exit_code == 0
    assert f"Not searched: {imap_account.name}: Nothing answers at localhost." in done.stdout


STEPS: list[tuple[object, str]] = [
    (shutil, "rmtree"),
    (Path, "unlink"),
    (forgetting, "replace"),
    (erasure, "unteach"),
    (erasure, "erase"),
    (erasure, "_letters"),
]


def killed_at(number: int, after: bool, patch: pytest.MonkeyPatch) -> None:
    """The process dies before or after the n-th of these steps."""
    left = [number]

    def dying(step: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            left[0] -= 1
            if left[0] == 0 and not after:
                raise Killed
            done = step(*arguments, **named)
            if left[0] == 0:
                raise Killed
            return done

        return call

    for owner, name in STEPS:
        patch.setattr(owner, name, dying(getattr(owner, name)))


def test_killed_anywhere_it_is_finished_by_another_call(config: Path, tmp_path: Path) -> None:
    """Before and after each step; another call leaves nothing of her, and keeps the others."""
    state, kept = tmp_path / "state", tmp_path / "kept"
    shutil.copytree(state, kept)
    died = 0
    for number in range(1, 40):
        with pytest.MonkeyPatch.context() as patch:
            killed_at(number, number % 2 == 0, patch)
            patch.setattr("triage.cli.forget.model_of", lambda *_: None)
            try:
                told(config, "forget", ADA, "--yes")
            except Killed:
                died += 1
            else:
                break
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("triage.cli.forget.model_of", lambda *_: None)
            assert told(config, "forget", ADA, "--yes").exit_code == 0
        assert traces_of_her(state) == [], number
        assert [each.text for each in given(state)] == ["From Bo."]
        with closing(sqlite3.connect(state / "ledger.sqlite3")) as book:
            assert book.execute("SELECT count(*) FROM message").fetchone() == (2,)
        shutil.rmtree(state)
        shutil.copytree(kept, state)
    assert died > 10


def test_the_digest_of_writer_and_text_is_the_ledgers(config: Path, tmp_path: Path) -> None:
    """By which labels are found that say nothing of who wrote them."""
    with closing(sqlite3.connect(tmp_path / "state" / "ledger.sqlite3")) as book:
        rows = dict(book.execute("SELECT writer, echo FROM message").fetchall())
    text = read(mail(ADA, "", HERS)).body.new
    assert rows[ADA] == forgetting.echo(ADA, "Broken xylophone", text)
