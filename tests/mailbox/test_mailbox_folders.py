"""Finding Drafts, Sent and Trash in what servers answer to LIST."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from servers.fake import HEALTHY, Fake

from triage.account import Account, PasswordFrom, Security
from triage.errors import AccountError
from triage.mailbox import Session
from triage.mailbox.folders import DRAFTS, SENT, TRASH, Folders, Listed, find, folders
from triage.message import Address

Fakes = Callable[..., Fake]
Dial = Callable[..., Session]

ACCOUNT = Account(
    "shop", (Address("", "a@shop.example"),), "h", 993, Security.TLS, "a", PasswordFrom(env="P")
)


def listing(*names: str, separator: str = "/") -> list[Listed]:
    """Folders; attributes stand before a name, as in "\\drafts Entwürfe"."""
    listed = []
    for name in names:
        *attributes, own = name.split(" ") if name.startswith("\\") else [name]
        listed.append(Listed(frozenset(attributes), separator, own))
    return listed


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        (listing("INBOX", "Drafts", "Sent", "Trash"), ("Drafts", "Sent", "Trash")),
        (listing("INBOX", "INBOX.Drafts", "INBOX.Sent", separator="."), None),
        (listing("INBOX", "Entwürfe", "Gesendet", "Papierkorb"), None),
        (listing("INBOX", "\\drafts X", "\\sent Y", "\\trash Z", "Drafts"), ("X", "Y", "Z")),
        (listing("\\noselect Drafts", "INBOX/Draft", "INBOX/Sent"), ("INBOX/Draft", "INBOX/Sent")),
        (listing("drafts", "SENT ITEMS", "deleted items"), None),
        (listing("[Gmail]/Bozze", "[Gmail]/Posta inviata", "[Gmail]/Cestino"), None),
        (listing("Archive/Drafts", "bob/shared/Drafts", "Drafts"), ("Drafts", "", "")),
        (listing("\\drafts a/b/Drafts", "\\drafts a/Drafts"), ("a/Drafts", "", "")),
        (listing("Drafts", "INBOX.Sent", separator=""), ("Drafts", "", "")),
        (listing("Utkast", "Skickat", "Papperskorgen"), None),
        (listing("草稿", "已发送", "已删除"), None),
        (listing("Черновики", "Отправленные", "Корзина"), None),
        (listing(unicodedata.normalize("NFD", "Entwürfe")), None),
    ],
)
def test_folders_are_found(there: list[Listed], expected: tuple[str, ...] | None) -> None:
    """By attribute, else by a name of any language, at the places where servers keep them. Where
    nothing is said here, every folder but INBOX is found, in the order Drafts, Sent, Trash."""
    names = expected or tuple(listed.name for listed in there if listed.name != "INBOX")
    drafts, sent, trash = (*names, "", "")[:3]
    assert folders(there, ACCOUNT) == Folders(drafts, sent, trash)


@pytest.mark.parametrize("names", [DRAFTS, SENT, TRASH])
def test_every_name_of_the_table_is_found(names: str) -> None:
    """With and without INBOX as its parent; and no name stands in the table twice."""
    alone = [name.strip() for name in names.split(",")]
    assert len(alone) == len({name.casefold() for name in alone}) > 50
    for name in alone:
        assert all(character.isprintable() or character == "\u200c" for character in name)
        for path, separator in ((name, "/"), (f"INBOX.{name}", "."), (name.upper(), "")):
            assert find([Listed(frozenset(), separator, path)], "\\none", names) == path


def test_no_name_has_two_roles() -> None:
    """A folder's name says which it is."""
    roles = [{name.strip().casefold() for name in names.split(",")} for names in (DRAFTS, SENT)]
    roles.append({name.strip().casefold() for name in TRASH.split(",")})
    assert not roles[0] & roles[1] | roles[0] & roles[2] | roles[1] & roles[2]


def test_the_configured_names_come_first() -> None:
    """What the owner has written wins over attributes."""
    account = replace(ACCOUNT, drafts="Mine", sent="Out", trash="Gone")
    there = listing("\\drafts Drafts", "\\sent Sent", "\\trash Trash", "Mine", "Out", "Gone")
    assert folders(there, account) == Folders("Mine", "Out", "Gone")


@pytest.mark.parametrize(
    ("changes", "kind", "role", "mailbox"),
    [
        ({}, "drafts-missing", "drafts", ""),
        ({"drafts": "Mine"}, "drafts-missing", "drafts", "Mine"),
        ({"drafts": "INBOX", "sent": "Out"}, "folder-missing", "sent", "Out"),
    ],
)
def test_what_is_missing_is_named(
    changes: dict[str, str], kind: str, role: str, mailbox: str
) -> None:
    """With the folders there are, so that the owner can choose."""
    with pytest.raises(AccountError) as raised:
        folders(listing("INBOX", "Archive"), replace(ACCOUNT, **changes))  # type: ignore[arg-type]
    assert raised.value.kind == kind
    facts = raised.value.facts
    assert (facts["role"], facts["mailbox"]) == (role, mailbox)
    assert facts["there"] == ("INBOX", "Archive")


def test_a_watched_folder_that_is_missing_is_named(fakes: Fakes, dial: Dial) -> None:
    """With those there are now and can be opened, and the connection goes on."""
    now = HEALTHY["LIST"] + b'* LIST (\\Noselect) "/" Above\r\n* LIST () "/" Orders2\r\n'
    fake = fakes(
        {"LIST": [HEALTHY["LIST"], now], "SELECT": [b"TAG NO [NONEXISTENT] .\r\n", b""]},
        capabilities=b"IMAP4rev1 IDLE",
    )
    session = dial(fake)
    with pytest.raises(AccountError) as raised:
        session.open("Orders")
    assert raised.value.facts == {
        "account": "fake",
        "mailbox": "Orders",
        "code": "NONEXISTENT",
        "there": ("INBOX", "Drafts", "Sent", "Trash", "Orders2"),
    }
    session.open("INBOX", read_only=True)


@pytest.mark.parametrize(
    ("answer", "name", "sent"),
    [
        (b'(\\HasNoChildren \\drafts) "." "INBOX.x"', "INBOX.x", b'"INBOX.x"'),
        (b'() NIL "Entw&APw-rfe"', "Entwürfe", b'"Entw&APw-rfe"'),
        (b'(\\Drafts) "/" "a \\"b\\" \\\\ c"', 'a "b" \\ c', b'"a \\"b\\" \\\\ c"'),
        (b'(\\Drafts) "/" {6}\r\nDr ts ', "Dr ts ", b'"Dr ts "'),
        (b'(\\Drafts) "/" 123', "123", b'"123"'),
        (b'(\\Drafts) "/" "a&-b"', "a&b", b'"a&-b"'),
        (b'() "/" ""\r\n* LIST () "/" Drafts', "Drafts", b'"Drafts"'),
    ],
    ids=["lower case", "modified UTF-7", "quotes", "literal", "number", "ampersand", "empty"],
)
def test_names_as_servers_send_them(
    fakes: Fakes, dial: Dial, answer: bytes, name: str, sent: bytes
) -> None:
    """Quoting and encoding are undone when a name is read and done when it is sent."""
    fake = fakes({"LIST": b"* LIST " + answer + b"\r\n"})
    session = dial(fake)
    assert session.folders.drafts == name
    session.open(name)
    assert fake.said("SELECT") == [b"SELECT " + sent]


def test_special_uses_are_asked_for_when_the_list_is_bare(fakes: Fakes, dial: Dial) -> None:
    """Some servers keep them for LIST ... RETURN (SPECIAL-USE)."""
    special = b'* LIST (\\Drafts) "/" Oddly\r\n'
    fake = fakes({"LIST": [b'* LIST () "/" Drafts\r\n', special]})
    assert dial(fake).folders.drafts == "Oddly"
    assert fake.said("LIST")[1].endswith(b"RETURN (SPECIAL-USE)")


def test_special_uses_announced_and_refused(fakes: Fakes, dial: Dial) -> None:
    """Then the names decide."""
    fake = fakes({"LIST": [b'* LIST () "/" Drafts\r\n', b"TAG BAD what?\r\n"]})
    assert dial(fake).folders.drafts == "Drafts"


def test_no_drafts_folder_stops_the_account(fakes: Fakes, dial: Dial) -> None:
    """It is the owner's to mend; the server is taken leave of."""
    fake = fakes({"LIST": b'* LIST () "/" INBOX\r\n'})
    with pytest.raises(AccountError) as raised:
        dial(fake)
    assert raised.value.kind == "drafts-missing"
    assert fake.commands[-1] == b"LOGOUT"
