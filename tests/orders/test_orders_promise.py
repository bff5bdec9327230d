"""The order's facts enter a letter only when its recipient is the order's own address.

Here somebody tries to read where a stranger's parcel is: by numbers, by Reply-To, by the fields of
a contact form, by addresses that look alike. Every letter is read as it would leave the Drafts
folder: whom it goes to, and whether a word of the order stands in it.
"""

import email
import email.policy
import email.utils
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from exports import export, settle
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.finding import Desk, Finding, explain
from triage.message import Address
from triage.order import Match, Mention, Order
from triage.orders import OrderFile
from triage.origin import House
from triage.reply import Identity, Shop
from triage.reply.letters import Letters
from triage.taxonomy import OriginKind, Topic
from triage.verdict import Opinion, Signal, Thresholds

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SHOP = Address("Mira", "hello@shop.example")
VICTIM = "ann.fox@strasse.example"
ROW = f"2417,{VICTIM},Ann Fox,Heron vase,2026-11-01,2026-11-03,,Parcelwing,PW998877665"
# What only the order book knows.
SECRETS = ("Heron vase", "3 November", "Parcelwing", "PW998877665", "2026-11-03", "2026-11-01")
LETTERS = Letters.load()


class Complaining:
    """A classifier to which every mail is about a parcel that has not come."""

    def judge(self, subject: str, text: str) -> Opinion:
        return Opinion(0.99, {Topic.NOT_DELIVERED: 1.0}, (), "en", known_language=True)

    def signals(self, subject: str, text: str) -> tuple[Signal, ...]:
        return ()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    file = export(tmp_path_factory.mktemp("orders"), ROW)
    settle(file.path, NOW)
    orders = OrderFile(file)
    assert orders.renew() is None
    return Desk(
        Complaining(),
        Thresholds(0.8, 0.4),
        House((SHOP,)),
        LETTERS,
        Shop(owner="Mira"),
        Identity((SHOP,)),
        orders,
    )


def mail(
    sender: str = f"Ann Fox <{VICTIM}>",
    text: str = "My order 2417 has not come.",
    *headers: str,
    subject: str = "My parcel",
) -> bytes:
    head = [f"From: {sender}", f"To: {SHOP.addr}", f"Subject: {subject}", *headers]
    head += ["Date: Fri, 20 Nov 2026 10:00:00 +0000", "Message-ID: <1@x.example>"]
    head += ["Content-Type: text/plain; charset=utf-8"]
    return ("\r\n".join([*head, "", text]) + "\r\n").encode()


def letter(desk: Desk, raw: bytes) -> tuple[str, str]:
    """Whom the draft for a mail goes to, and all it says above the customer's own words. ("", "")
    when there is none."""
    finding: Finding = explain(desk, raw, NOW)
    if finding.draft is None:
        return "", ""
    parsed = email.message_from_bytes(finding.draft.raw, policy=email.policy.default)
    said = str(parsed.get_content()).partition(" wrote:")[0]
    heads = "".join(f"{value}\n" for name, value in parsed.items() if name != "Date")
    return str(parsed["To"]), heads + said


def tells(said: str) -> bool:
    return any(secret in said for secret in SECRETS)


def test_the_buyer_is_told(desk: Desk) -> None:
    """The letter to the order's own address has the day, the carrier, the number, the thing."""
    to, said = letter(desk, mail())
    assert to == f"Ann Fox <{VICTIM}>"
    assert all(secret in said for secret in SECRETS[:4])


def test_the_buyer_is_told_without_a_number(desk: Desk) -> None:
    """The address alone leads to the one order there is of late."""
    _, said = letter(desk, mail(text="My parcel has not come."))
    assert tells(said)
    assert "your order 2417" in said


def test_no_number_makes_a_stranger_a_buyer(desk: Desk) -> None:
    """Whatever number is guessed: the plain letter, and the owner alone sees the order."""
    hits = 0
    for number in range(2400, 2430):
        raw = mail("Eve <eve@evil.example>", f"My order {number} has not come.")
        to, said = letter(desk, raw)
        assert to == "Eve <eve@evil.example>"
        assert not tells(said)
        match = explain(desk, raw, NOW).match
        hits += match is not None
        assert match is None or not match.own
    assert hits == 1
    _, guessed = letter(desk, mail("Eve <eve@evil.example>", "My order 2417 has not come."))
    _, plain = letter(desk, mail("Eve <eve@evil.example>", "My order 2429 has not come."))
    body = plain.partition("Hello")[2]
    assert body
    assert guessed.partition("Hello")[2].replace("2417", "2429") == body


@pytest.mark.parametrize(
    ("sender", "headers", "told"),
    [
        # The answer goes astray: not a word.
        (f"Ann Fox <{VICTIM}>", ["Reply-To: eve@evil.example"], False),
        (f"Ann Fox <{VICTIM}>", [f'Reply-To: "{VICTIM}" <eve@evil.example>'], False),
        (f"Ann Fox <{VICTIM}>", [f"Reply-To: eve@evil.example, {VICTIM}"], False),
        (f"Eve <eve@evil.example>, Ann <{VICTIM}>", [], False),
        ("Eve <eve@evil.example>", [f"Sender: {VICTIM}", f"Cc: {VICTIM}"], False),
        ("Eve <eve@evil.example>", [f"X-Original-From: {VICTIM}"], False),
        # It goes to the buyer, whoever wrote: he may know of his own parcel.
        ("Eve <eve@evil.example>", [f"Reply-To: {VICTIM}"], True),
        ("Eve <eve@evil.example>", [f"Reply-To: {VICTIM}, eve@evil.example"], True),
    ],
)
def test_reply_to(desk: Desk, sender: str, headers: list[str], told: bool) -> None:
    """Where the answer goes decides, and nothing else."""
    to, said = letter(desk, mail(sender, "My order 2417 has not come.", *headers))
    assert to
    assert "," not in to
    assert tells(said) is told
    assert to.endswith((VICTIM, f"<{VICTIM}>")) is told


@pytest.mark.parametrize(
    ("reply_to", "field", "told"),
    [
        ("eve@evil.example", VICTIM, False),
        ("eve@evil.example", "eve@evil.example", False),
        ("", "eve@evil.example", False),
        ("", f"eve@evil.example, {VICTIM}", False),
        (VICTIM, "eve@evil.example", True),
        ("", VICTIM, True),
    ],
)
def test_a_forms_fields(desk: Desk, reply_to: str, field: str, told: bool) -> None:
    """The shop's own form says whatever was typed into it; the letter goes to one address, and
    tells of an order only if it is that order's."""
    headers = [f"Reply-To: {reply_to}"] if reply_to else []
    text = f"Name: Ann Fox\nEmail: {field}\nOrder number: 2417\nMessage: My parcel has not come."
    raw = mail(f"Mira's shop <{SHOP.addr}>", text, *headers, subject="Contact form")
    finding = explain(desk, raw, NOW)
    assert finding.verdict
    assert finding.verdict.origin.kind is OriginKind.FORM
    to, said = letter(desk, raw)
    assert (VICTIM in to) is told
    assert tells(said) is told


@pytest.mark.parametrize(
    "addr",
    [
        "ann.fox@straße.example",
        "ann.fox@strasse.example.",
        "ann.fox@strasse.example.evil.example",
        "ann.fox@str\u0430sse.example",  # a Cyrillic letter
        "ann.fox@\uff53trasse.example",  # a full-width letter
        "ann.fox@stra\u017f\u017fe.example",  # long s
        "ann.fo\u00d7@strasse.example",
        "a\u0131nn.fox@strasse.example",
        "ann.fox+eve@strasse.example",
        "annfox@strasse.example",
        "ann.fox.@strasse.example",
        "ann.fox@www.strasse.example",
        "eve@strasse.example",
        '"ann.fox"@strasse.example',
        '"ann.fox@strasse.example"@evil.example',
        "ann.fox%strasse.example@evil.example",
        "=?utf-8?q?ann.fox?=@strasse.example",
    ],
)
def test_addresses_that_look_alike(desk: Desk, addr: str) -> None:
    """In From, in Reply-To, in a form's field: another mailbox is another person's."""
    form = f"Name: Ann\nEmail: {addr}\nOrder number: 2417\nMessage: It has not come."
    for raw in (
        mail(f"Ann Fox <{addr}>"),
        mail(f"Ann Fox <{VICTIM}>", "My order 2417 has not come.", f"Reply-To: <{addr}>"),
        mail(f"Mira's shop <{SHOP.addr}>", form, subject="Contact form"),
    ):
        to, said = letter(desk, raw)
        assert not tells(said) or to in {VICTIM, f"Ann Fox <{VICTIM}>", f"Ann <{VICTIM}>"}
    assert not tells(letter(desk, mail(f"Ann Fox <{addr}>"))[1])


@pytest.mark.parametrize("addr", [VICTIM.upper(), "Ann.Fox@Strasse.Example"])
def test_case_makes_nobody_a_stranger(desk: Desk, addr: str) -> None:
    """No server tells two mailboxes apart by it."""
    to, said = letter(desk, mail(f"Ann Fox <{addr}>"))
    assert addr in to
    assert tells(said)


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("Ann Fox <eve@evil.example>", "My parcel has not come."),
        ('"FOX, ÁNN" <eve@evil.example>', "My parcel has not come."),
        ("eve@evil.example", "My parcel has not come.\n\nBest wishes\nAnn Fox"),
        ("Eve <eve@evil.example>", "My parcel has not come.\n\n-- \nAnn Fox\n1 Mill Lane"),
        ("Ann Fox <eve@evil.example>", "What I ordered on 1 November has not come."),
        ("Ann Fox <eve@evil.example>", "My order 9999 has not come."),
    ],
)
def test_nobody_is_a_buyer_by_name(desk: Desk, sender: str, text: str) -> None:
    """Who bears, or writes, the buyer's name: the owner sees what it may be, and the letter is the
    one that he would get without any order book."""
    raw = mail(sender, text)
    match = explain(desk, raw, NOW).match
    assert match
    assert (match.order.number, match.own, match.guessed) == ("2417", False, True)
    to, said = letter(desk, raw)
    assert "eve@evil.example" in to
    assert not tells(said)
    without = letter(replace(desk, orders=OrderFile(None)), raw)
    assert (to, said.partition("Hello")[2]) == (without[0], without[1].partition("Hello")[2])


def test_a_book_that_is_wrong_about_whose_order_it_is(desk: Desk) -> None:
    """The letter itself looks whom it goes to, whoever says that the order is his own."""

    class Wrong:
        catalogue = ()

        def renew(self) -> None:
            return None

        def find(self, mention: Mention) -> Match:
            return Match(
                Order("2417", VICTIM, shipped=date(2026, 11, 3), carrier="Parcelwing"), True
            )

    wrong = Desk(
        desk.judge, desk.thresholds, desk.house, LETTERS, desk.shop, desk.identity, Wrong()
    )
    assert tells(letter(wrong, mail())[1])
    assert not tells(letter(wrong, mail("Eve <eve@evil.example>"))[1])


def test_an_order_without_an_address_is_nobodys(tmp_path: Path, desk: Desk) -> None:
    """Two unknown addresses are not one."""
    orders = OrderFile(export(tmp_path, ROW.replace(VICTIM, "")))
    orders.renew()
    nobodys = Desk(
        desk.judge, desk.thresholds, desk.house, LETTERS, desk.shop, desk.identity, orders
    )
    for raw in (mail(), mail("Ann <ann@müll>"), mail("Ann Fox <ann fox@x>")):
        assert not tells(letter(nobodys, raw)[1])


COUNTS = {"letters": 0, "told": 0}
LOCAL = st.lists(
    st.sampled_from(["ann", ".fox", "Ann", "+x", "ſ", "-", "."]), min_size=1, max_size=3
)
LABEL = st.sampled_from(["strasse", "straße", "Strasse", "www", "evil", "xn--strae-oqa", ""])
PIECES = st.builds(
    lambda local, labels: f"{''.join(local)}@{'.'.join((*labels, 'example'))}",
    LOCAL,
    st.lists(LABEL, min_size=1, max_size=2),
)


@settings(deadline=None)  # a busy machine is no failed property
@given(st.one_of(PIECES, st.just(VICTIM), st.just(VICTIM.title())), st.booleans())
def test_no_address_but_the_orders_own_is_told(desk: Desk, addr: str, answered: bool) -> None:
    """Addresses made of the pieces of the buyer's: a letter that tells goes to the buyer."""
    headers = [f"Reply-To: <{addr}>"] if answered else []
    sender = f"Ann Fox <{VICTIM if answered else addr}>"
    to, said = letter(desk, mail(sender, "My order 2417 has not come.", *headers))
    if to:
        COUNTS["letters"] += 1
        COUNTS["told"] += tells(said)
        assert tells(said) == (email.utils.parseaddr(to)[1].lower() == VICTIM)


def test_the_addresses_tried_had_letters() -> None:
    """Else nothing was tried."""
    if COUNTS["letters"]:
        assert COUNTS["told"] >= 5, COUNTS
        assert COUNTS["letters"] - COUNTS["told"] >= 5, COUNTS


def test_an_old_book_is_silent_on_what_may_have_changed(tmp_path: Path, desk: Desk) -> None:
    """Three days after the export a parcel may have come: the plain letter, to the buyer, too; and
    the owner sees the order all the same. What is marked as delivered stays so."""
    came = ROW.replace("2026-11-03,,", "2026-11-03,2026-11-05,")
    told = []
    for row, days in ((ROW, 2), (ROW, 3), (came, 300)):
        file = export(tmp_path, row)
        settle(file.path, NOW - timedelta(days=days))
        orders = OrderFile(file)
        orders.renew()
        old = replace(desk, orders=orders)
        told.append(tells(letter(old, mail())[1]))
        match = explain(old, mail(), NOW).match
        assert match
        assert match.own
    assert told == [True, False, True]


@pytest.mark.parametrize("number", ["LMP-2417", "2417-UK", "24", "17"])
def test_numbers_that_are_nearly_it(desk: Desk, number: str) -> None:
    """They lead the buyer to his order, called by its name; a stranger to none."""
    raw = mail(text=f"My order number {number} has not come.")
    _, said = letter(desk, raw)
    assert tells(said)
    assert f"your order {number if '2417' in number else '2417'} has" in " ".join(said.split())
    stranger = raw.replace(VICTIM.encode(), b"eve@evil.example").replace(b"Ann Fox", b"Eve Moe")
    assert not tells(letter(desk, stranger)[1])
    assert explain(desk, stranger, NOW).match is None


PARCEL = "RM441720935GB"
TRACKED = ROW.replace("PW998877665", PARCEL)


@pytest.mark.parametrize("text", [PARCEL, "RM 4417 2093 5 GB", "rm441720935gb"])
def test_a_tracking_number_is_no_key(tmp_path: Path, desk: Desk, text: str) -> None:
    """It stands on the parcel, for everyone to read: it leads the buyer to the one of his orders
    that is meant, and a stranger to none; with the order's number, too."""
    twice = TRACKED.replace("2417", "2418").replace(PARCEL, "RM441720949GB")
    orders = OrderFile(export(tmp_path, TRACKED, twice.replace("Heron vase", "Mug")))
    assert orders.renew() is None
    tracked = replace(desk, orders=orders)
    said = f"My parcel with the tracking number {text} has not come."
    to, told = letter(tracked, mail(text=said))
    assert to == f"Ann Fox <{VICTIM}>"
    assert "Heron vase" in told
    assert "Mug" not in told
    assert not tells(letter(tracked, mail(text="My parcel has not come."))[1])
    for words in (said, f"{said} My order is 2417.", f"{said} My order is 2999."):
        raw = mail("Eve <eve@evil.example>", words, subject="My parcel")
        to, told = letter(tracked, raw)
        assert to == "Eve <eve@evil.example>"
        assert not tells(told)
        match = explain(tracked, raw, NOW).match
        assert match is None or (not match.own and "2417" in words)
