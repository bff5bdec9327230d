"""The demonstration's inbox: mails as real programs write them, from nobody who exists."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from importlib.resources import files

import pytest

from triage.classifier import encoder, load
from triage.finding import Desk, Finding, explain
from triage.message import Address, Message, read
from triage.orders import OrderFile
from triage.origin import House, marketplace
from triage.reply import Identity, Shop
from triage.reply.letters import Letters
from triage.taxonomy import COMPLAINT_TOPICS, OriginKind, Outcome, Topic
from triage.trace import echo

MAILS = {
    file.name.removesuffix(".eml"): file.read_bytes()
    for file in sorted((files("triage.demo") / "mails").iterdir(), key=lambda file: file.name)
}
OWNER = Address("Little Mill Pottery", "hello@littlemill.example")
NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)

# What becomes of each, and why, as `triage explain` says it.
EXPECTED = {
    "01-glaze-newsletter": "passed no-complaint bulk",
    "02-never-reached-ireland": "flagged complaint customer",
    "03-collection-booked": "passed no-complaint automatic",
    "04-nine-pieces": "flagged complaint customer",
    "05-christening-plate": "flagged complaint customer",
    "06-soup-mug": "passed no-complaint customer",
    "07-ramen-bowl": "flagged complaint customer",
    "08-note-to-self": "skipped own own",
    "09-peas-on-the-floor": "flagged complaint customer",
    "10-clay-invoice": "passed no-complaint customer",
    "11-three-side-plates": "flagged complaint customer",
    "12-reply-came-back": "skipped bounce bounce",
    "13-moonrise-mugs": "flagged complaint customer",
    "14-stolen-mug": "passed no-complaint customer",
    "15-charged-twice": "flagged complaint customer",
    "16-third-email": "flagged complaint customer",
    "17-out-of-office": "passed no-complaint automatic",
    "18-etsy-espresso-cup": "flagged complaint marketplace",
    "19-third-email-again": "flagged complaint customer",  # a repeat, for who remembers
    "20-mums-seventieth": "passed no-complaint customer",
    "21-muesli-schalen": "unsure foreign-language customer",
    "22-not-our-door": "flagged complaint customer",
    "23-golden-cup": "passed no-complaint customer",
    "24-contact-form-handle": "flagged complaint form",
    "25-cafe-in-aarhus": "passed no-complaint customer",
    "26-old-address": "flagged complaint customer",
    "27-potters-list": "passed no-complaint bulk",
    "28-present-for-ballarat": "passed no-complaint customer",
    "29-still-no-refund": "flagged complaint customer",
    "30-found-it": "passed no-complaint customer",
    "31-is-anyone-there": "flagged complaint customer",
    "32-greener-than-expected": "unsure in-between customer",
}
# Who gets a letter, by the first name it greets.
GREETED = {
    "02-never-reached-ireland": "Niamh",
    "04-nine-pieces": "Priya",
    "05-christening-plate": "Morag",
    "07-ramen-bowl": "Joost",
    "09-peas-on-the-floor": "Dear Mrs Ashworth",
    "11-three-side-plates": "Tom",
    "13-moonrise-mugs": "Brenda",
    "15-charged-twice": "Gareth",
    "16-third-email": "Dean",
    "19-third-email-again": "Dean",
    "22-not-our-door": "Yusuf",
    "24-contact-form-handle": "Ellie",
    "26-old-address": "Fiona",
    "29-still-no-refund": "Martin",
    "31-is-anyone-there": "Rosalind",
}
# What the complaints are about, in the classifier's word.
TOPICS = {
    "02-never-reached-ireland": Topic.NOT_DELIVERED,
    "04-nine-pieces": Topic.DAMAGED,
    "05-christening-plate": Topic.LATE,
    "07-ramen-bowl": Topic.WRONG_ITEM,
    "11-three-side-plates": Topic.MISSING_ITEM,
    "13-moonrise-mugs": Topic.QUALITY,
    "15-charged-twice": Topic.BILLING,
    "22-not-our-door": Topic.NOT_DELIVERED,
    "26-old-address": Topic.CANCEL_CHANGE,
    "29-still-no-refund": Topic.RETURN_REFUND,
    "31-is-anyone-there": Topic.SERVICE,
}

# Names of machines: behind an @ or //, in a trace, or of a domain that somebody may own.
HOST = re.compile(
    r"(?:(?:@|//|\b(?:from|by|dns;) |\bd=)((?:[\w-]+\.)+[a-z]{2,})"
    r"|\b((?:[\w-]+\.)+(?:com|net|org|info|biz|io|co|eu|uk|ie|de|nl|dk|fr|us|ca|au))\b)",
    re.IGNORECASE,
)
RESERVED = ("example", "invalid", "test")  # RFC 2606


@pytest.fixture(scope="module")
def read_mails() -> dict[str, Message]:
    return {name: read(raw) for name, raw in MAILS.items()}


@pytest.fixture(scope="module")
def findings() -> dict[str, Finding]:
    """What is found by the desk of a shop that has said its name and no more."""
    judge = load(None, encoder("semantic"))
    desk = Desk(
        judge,
        judge.thresholds,
        House((OWNER,)),
        Letters.load(),
        Shop(name="Little Mill Pottery", owner="Anna"),
        Identity((OWNER,)),
        OrderFile(None),
    )
    return {name: explain(desk, raw, NOW) for name, raw in MAILS.items()}


def test_each_mail_has_its_outcome(findings: dict[str, Finding]) -> None:
    """The table above holds for every file, and there is no line without a file."""
    found = {}
    for name, finding in findings.items():
        kind = finding.verdict and finding.verdict.origin.kind
        found[name] = f"{finding.outcome} {finding.reason} {kind}"
    assert found == EXPECTED


def test_who_complains_by_mail_gets_a_letter(findings: dict[str, Finding]) -> None:
    """It goes to the writer, and greets him by his name; the buyer on Etsy is answered there."""
    letters = {name: each.draft for name, each in findings.items() if each.draft}
    greeted = {
        name: draft.body.partition(",")[0].removeprefix("Hello ") for name, draft in letters.items()
    }
    assert greeted == GREETED
    for name, draft in letters.items():
        verdict = findings[name].verdict
        assert verdict is not None
        assert list(draft.to) == [verdict.origin.writer]
    flagged = {name for name, each in findings.items() if each.outcome is Outcome.FLAGGED}
    assert flagged - set(letters) == {"18-etsy-espresso-cup"}
    assert findings["18-etsy-espresso-cup"].undrafted == "answer-at-marketplace"


def test_there_is_a_complaint_of_every_topic(findings: dict[str, Finding]) -> None:
    """A newcomer sees each kind; `other` is for what is none of them."""
    found = {}
    for name in TOPICS:
        verdict = findings[name].verdict
        found[name] = verdict and verdict.opinion and verdict.opinion.topic
    assert found == TOPICS
    assert set(TOPICS.values()) == COMPLAINT_TOPICS - {Topic.OTHER}


def test_every_kind_of_writer_is_there(findings: dict[str, Finding]) -> None:
    """From customers to robots."""
    kinds = {each.verdict.origin.kind for each in findings.values() if each.verdict}
    assert kinds == set(OriginKind)


def test_the_repeat_is_one(findings: dict[str, Finding]) -> None:
    """The same letter by the same writer an hour later, and another mail."""
    first, again = findings["16-third-email"], findings["19-third-email-again"]
    assert first.message is not None
    assert again.message is not None
    assert echo(first, first.message) == echo(again, again.message)
    assert first.message.digest != again.message.digest
    echoes = Counter(echo(each, each.message) for each in findings.values() if each.message)
    assert [count for count in echoes.values() if count > 1] == [2]


def test_the_mails_are_whole(read_mails: dict[str, Message]) -> None:
    """Each has what a server and an answer need, and an identity of its own."""
    assert len(read_mails) >= 30
    ids = Counter(mail.message_id for mail in read_mails.values())
    assert None not in ids
    assert ids.most_common(1)[0][1] == 1
    for name, mail in read_mails.items():
        assert mail.sender is not None, name
        assert mail.subject, name
        assert mail.body.new, name
        assert set(mail.in_reply_to) <= set(mail.references), name


@pytest.mark.parametrize(
    ("name", "new", "quoted"),
    [
        ("27-potters-list", "Then it isn't the bisque", "ruined a whole shelf"),
        ("29-still-no-refund", "Still no refund", "if they are too small"),
        ("30-found-it", "Found it, thanks!", "I'm really upset"),
    ],
)
def test_what_is_answered_is_told_from_the_answer(
    read_mails: dict[str, Message], name: str, new: str, quoted: str
) -> None:
    """A complaint in the history is not made again, and a friendly history hides none."""
    body = read_mails[name].body
    assert new in body.new
    assert quoted not in body.new
    assert quoted in body.quoted


def test_what_is_attached_is_whole(read_mails: dict[str, Message]) -> None:
    """A photo and an invoice, which mail programs can show."""
    attached = {
        (name, each.filename): first_part(MAILS[name], each.content_type)[:4]
        for name, mail in read_mails.items()
        for each in mail.attachments
        if each.filename
    }
    assert attached == {
        ("04-nine-pieces", "IMG_4127.jpeg"): b"\xff\xd8\xff\xe0",
        ("10-clay-invoice", "INV20981.pdf"): b"%PDF",
    }


def test_they_came_one_after_the_other(read_mails: dict[str, Message]) -> None:
    """Written in the order of their numbers within two days; each arrives within the minute."""
    written = [mail.date for mail in read_mails.values() if mail.date]
    assert len(written) == len(read_mails)
    assert written == sorted(set(written))
    assert datetime(2026, 11, 20, tzinfo=UTC) <= written[0]
    assert written[-1] < datetime(2026, 11, 22, tzinfo=UTC)
    for name, mail in read_mails.items():
        assert mail.date is not None
        assert mail.received is not None, name
        assert timedelta(0) <= mail.received - mail.date <= timedelta(minutes=1), name


@pytest.mark.parametrize("name", MAILS)
def test_the_day_of_the_week_is_right(name: str) -> None:
    """Every date of a header names the day it was."""
    head = MAILS[name].partition(b"\n\n")[0].decode()
    dates = re.findall(r"\b([A-Z][a-z]{2}), (\d{1,2} [A-Z][a-z]{2} \d{4}) \d\d:\d\d:\d\d", head)
    assert len(dates) >= 2
    for day, date in dates:
        assert datetime.strptime(date, "%d %b %Y").replace(tzinfo=UTC).strftime("%a") == day


@pytest.mark.parametrize("name", MAILS)
def test_a_file_is_plain_text(name: str) -> None:
    """Lines end in LF and are no longer than RFC 5322 allows; what is not ASCII is UTF-8."""
    raw = MAILS[name]
    raw.decode("utf-8")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert max(map(len, raw.split(b"\n"))) <= 998
    assert len(raw) < 20_000


def test_few_senders_write_eight_bits() -> None:
    """Most mail is ASCII on its way; some is not."""
    assert [name for name, raw in MAILS.items() if not raw.isascii()] == [
        "25-cafe-in-aarhus",
        "31-is-anyone-there",
    ]


@pytest.mark.parametrize("name", MAILS)
def test_nobody_is_named_who_exists(name: str) -> None:
    """Every machine and address is of a reserved domain, or of the marketplace that writes."""
    hosts = {host.casefold() for host in hosts_of(MAILS[name])}
    assert hosts
    real = {host for host in hosts if host.rpartition(".")[2] not in RESERVED}
    assert real == {host for host in hosts if marketplace.of(host)}
    assert bool(real) == (name == "18-etsy-espresso-cup")


@pytest.mark.parametrize(
    "text", ["a@b.co.uk", "https://shop.io/x", "by mx.mail.zone id", "gmail.com"]
)
def test_a_real_host_would_be_seen(text: str) -> None:
    """The search finds what it looks for."""
    assert hosts_of(f"Subject: one\n\n{text}".encode())


def hosts_of(raw: bytes) -> set[str]:
    """All machines named in the headers and texts of a mail, decoded."""
    texts = []
    for part in message_from_bytes(raw, policy=policy.compat32).walk():
        texts += [str(value) for value in part.values()]
        if part.get_content_maintype() == "text":
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            texts.append(content.decode("latin-1"))
    return {one or other for text in texts for one, other in HOST.findall(text)}


def first_part(raw: bytes, content_type: str) -> bytes:
    """The content of the first part of this type, decoded."""
    parts = message_from_bytes(raw, policy=policy.compat32).walk()
    content = next(part for part in parts if part.get_content_type() == content_type)
    decoded = content.get_payload(decode=True)
    assert isinstance(decoded, bytes)
    return decoded
