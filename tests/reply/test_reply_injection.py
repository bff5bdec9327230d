"""What is no text but an attack, in every place whose text can come near a letter."""

import base64
import csv
import email
import email.policy
import os
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from triage.finding import Desk, explain
from triage.message import Address
from triage.order import Export, Ware
from triage.orders import OrderFile
from triage.origin import House
from triage.reply import Draft, Identity, Remedies, Shop
from triage.reply.letters import Letters
from triage.taxonomy import COMPLAINT_TOPICS, Topic
from triage.verdict import Opinion, Signal, Thresholds

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SHOP = Address("Mira", "hello@shop.example")
ANN = "ann.fox@mail.example"
LETTERS = Letters.load()
COLUMNS = ("number", "email", "name", "item", "ordered", "shipped", "carrier", "tracking")
ORDER = ("2417", ANN, "Ann Fox", "Blue mug", "2026-11-01", "2026-11-03", "Royal Mail", "PW998877")
LONG = 10_000

ATTACKS = {
    "expression": "Zq7 {{ 7*7 }} {{ ''.__class__ }}",
    "statement": "Zq7 {% for x in range(9**9) %}{% endfor %}",
    "mark": "Zq7 {{ ask('your password') }} [[fill me in]]",
    "field": "Zq7\r\nBcc: thief@evil.example\r\nX-Zq7: 1",
    "line end alone": "Zq7\nBcc: thief@evil.example\rCc: thief@evil.example",
    "encoded field": "=?utf-8?q?Zq7=0D=0ABcc:_thief=40evil.example?=",
    "end of head": "Zq7\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<b>evil.example</b>",
    "markup": "Zq7<script src='https://evil.example/'></script><img src=//evil.example/>",
    "turned": "Zq7 \u202egnp.exe\u2066 \u200fabc\u2069",
    "unseen": "Zq7\u200b\ufeff\u00ad\U000e0041\x00\x1b]0;evil.example\x07\x9b31m",
    "broken": "Zq7 \ufffd \ud7ff \U0001f600\u0301\u0301\u0301",
    "long word": "Zq7" + "x" * LONG,
    "long line": "Zq7 word " * (LONG // 9),
    "many lines": "Zq7\n" * (LONG // 4),
    "end of mail": "Zq7\r\n.\r\nQUIT\r\n-- \r\nMira",
    "formats": "Zq7 %s %n {0} {shop} $(reboot) `reboot` ${HOME} ../../etc/passwd",
    "cell": '=HYPERLINK("https://evil.example") \';DROP TABLE letter;--',
    "shouting": "ZQ7 WE ADMIT EVERYTHING!!! Your ticket",
}
# None of it is the shop's, nor looks like a letter.
NEVER = ("{", "}", "[[", "<", "http", "evil.example", "49", "WE ADMIT", "ticket", "reboot", "DROP")


class Complaining:
    """A classifier to which every mail is a complaint about this."""

    def __init__(self, topic: Topic) -> None:
        self._topic = topic

    def judge(self, subject: str, text: str) -> Opinion:
        return Opinion(0.99, {self._topic: 1.0}, (), "en", known_language=True)

    def signals(self, subject: str, text: str) -> tuple[Signal, ...]:
        return ()


def word(text: str) -> str:
    """As an encoded-word, which carries any character into a header."""
    return f"=?utf-8?b?{base64.b64encode(text.encode()).decode()}?="


def mail(name: str = "Ann Fox", subject: str = "My order 2417", body: str = "") -> bytes:
    text = body or "Hello,\n\nthe blue mug of my order 2417 is broken.\n\nAnn"
    head = (
        f"From: {word(name)} <{ANN}>\r\nTo: {SHOP.addr}\r\nSubject: {word(subject)}\r\n"
        "Date: Fri, 20 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@x.example>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode() + base64.encodebytes(text.encode())


def drafted(
    folder: Path, topic: Topic, raw: bytes, order: tuple[str, ...], catalogue: tuple[str, ...]
) -> Draft:
    path = folder / "orders.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, order, *([order] if order == ORDER else [])])
    os.utime(path, (NOW.timestamp() - 60,) * 2)
    orders = OrderFile(Export(path))
    assert orders.renew() is None
    desk = Desk(
        Complaining(topic),
        Thresholds(0.8, 0.4),
        House((SHOP,)),
        LETTERS,
        Shop(
            name="The Mill",
            owner="Mira",
            remedies=Remedies(send_again=True, refund=True),
            catalogue=tuple(map(Ware, catalogue)),
        ),
        Identity((SHOP,)),
        orders,
    )
    draft = explain(desk, raw, NOW).draft
    assert draft is not None
    return draft


def seen(text: str) -> bool:
    """Whether it is made of characters that are seen, and ends of lines."""
    return all(
        each == "\n" or unicodedata.category(each) not in {"Cc", "Cf", "Cs", "Cn"} for each in text
    )


def harmless(draft: Draft, plain: Draft) -> None:
    """The same fields to the same address, one plain text, the letter that any customer gets."""
    assert max(map(len, draft.raw.split(b"\r\n"))) <= 998
    parsed = email.message_from_bytes(draft.raw, policy=email.policy.default)
    expected = email.message_from_bytes(plain.raw, policy=email.policy.default)
    assert parsed.keys() == expected.keys()
    assert [each.addr_spec for each in parsed["To"].addresses] == [ANN]
    assert parsed["From"] == expected["From"]
    assert parsed["Message-ID"].startswith("<")
    assert parsed.get_content_type() == "text/plain"
    assert len(str(parsed["Subject"])) < 1000
    assert seen(str(parsed["Subject"]))
    assert seen(parsed["To"].addresses[0].display_name)
    text = str(parsed.get_content()).replace("\r\n", "\n")
    assert seen(text)
    letter, _, quoted = text.partition(" wrote:\n")
    letter = letter.rpartition("\n\n")[0]
    assert all(line.startswith(">") for line in quoted.rstrip("\n").split("\n"))
    assert not [never for never in NEVER if never in letter]
    assert "Zq7" not in letter.partition("\n")[0]
    assert letter.endswith("\n\nBest wishes,\nMira\nThe Mill")
    assert 40 <= len(letter.split()) <= 160
    assert len(letter) < 1200


PLACES: dict[str, Callable[[str], dict[str, object]]] = {
    "display name": lambda attack: {"raw": mail(name=attack)},
    "first name": lambda attack: {"raw": mail(name=f"{attack} Fox")},
    "subject": lambda attack: {"raw": mail(subject=attack)},
    "body": lambda attack: {"raw": mail(body=f"My blue mug, order 2417: {attack}")},
    "signature": lambda attack: {
        "raw": mail(name="", body=f"The blue mug of order 2417 broke.\n\nBest wishes\n{attack}")
    },
    "name in the text": lambda attack: {
        "raw": mail(name="", body=f"I'm {attack} and my blue mug, order {attack}, is broken.")
    },
    "occasion": lambda attack: {
        "raw": mail(body=f"I need order 2417 for {attack}'s birthday on {attack} 28 November.")
    },
    **{
        f"order: {column}": lambda attack, place=place: {
            "order": (*ORDER[:place], attack, *ORDER[place + 1 :])
        }
        for place, column in enumerate(COLUMNS)
        if column not in {"number", "email"}
    },
    "order: number": lambda attack: {"order": (attack, *ORDER[1:]), "raw": mail(body="My mug?")},
    "catalogue": lambda attack: {
        "catalogue": (attack, f"{attack}, blue", "Egg cup"),
        "raw": mail(name="Bo Lind", body=f"{attack} is broken. {attack}"),
        "order": ("1", "bo@mail.example", *ORDER[2:]),
    },
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("topic", [Topic.NOT_DELIVERED, Topic.DAMAGED, Topic.MISSING_ITEM])
def test_an_attack_is_harmless(tmp_path: Path, place: str, topic: Topic) -> None:
    """Nothing of it is carried out, becomes a field, hides or turns text, or fills the letter."""
    usual: dict[str, object] = {"raw": mail(), "order": ORDER, "catalogue": ()}
    plain = drafted(tmp_path, topic, **usual)  # type: ignore[arg-type] # of three kinds
    harmless(plain, plain)
    for attack in ATTACKS.values():
        given = usual | PLACES[place](attack)
        harmless(drafted(tmp_path, topic, **given), plain)  # type: ignore[arg-type] # likewise


@pytest.mark.parametrize("topic", sorted(COMPLAINT_TOPICS))
def test_everything_at_once(tmp_path: Path, topic: Topic) -> None:
    """In every field of mail, order and catalogue the same attack, and in every letter."""
    plain = drafted(tmp_path, topic, mail(), ORDER, ())
    for attack in ATTACKS.values():
        order = ("2417", ANN, attack, attack, attack, attack, attack, attack)
        raw = mail(attack, attack, f"{attack}\n\nMy order 2417 {attack}\n\n{attack}")
        harmless(drafted(tmp_path, topic, raw, order, (attack,)), plain)
