"""The whole story at every imitated provider: one complaint, one draft in its thread, and then it
is the owner's."""

import email
import email.policy
from email.message import EmailMessage

import pytest
from cycle.world import mail, msgid
from imitated.providers import PROVIDERS, Provider
from imitated.shop import Open, Shop

from triage.reply import is_draft_id

# Minutes between looks, over the days in which copies are looked for.
DAYS = (40, 180, 48 * 60)


@pytest.fixture(params=PROVIDERS, ids=lambda provider: provider.name)
def provider(request: pytest.FixtureRequest) -> Provider:
    return request.param  # type: ignore[no-any-return]


def answered(shop: Shop) -> EmailMessage:
    """A complaint has come, and has been looked for until its draft is there: that."""
    shop.look()
    shop.arrives(mail(1, "Lovely, thank you!", sender="Bo <bo@customer.example>"))
    shop.arrives(mail(2, "The cup is broken.", more="References: <first@customer.example>\r\n"))
    looked_until(shop, 1)
    (draft,) = shop.lying()
    assert draft.flags - {"\\Recent"} == {"\\Draft", "\\Seen"}
    return email.message_from_bytes(draft.raw, policy=email.policy.default)  # type: ignore[return-value]


def looked_until(shop: Shop, drafts: int) -> None:
    """Three looks are enough at every provider."""
    for _ in range(3):
        if len(shop.lying()) < drafts:
            shop.look()


def test_one_complaint_one_draft(open_at: Open, provider: Provider) -> None:
    """In its thread, however often it looks afterwards; what came in stays unread, and only the
    complaint is flagged."""
    shop = open_at(*provider.always())
    draft = answered(shop)
    assert is_draft_id(draft["Message-ID"])
    assert draft["In-Reply-To"] == msgid(2)
    assert draft["References"].split() == ["<first@customer.example>", msgid(2)]
    before = shop.lying()
    for minutes in DAYS:
        shop.look(minutes=minutes)
        assert shop.lying() == before
    first, second = shop.lying("INBOX")
    assert "\\Flagged" in second.flags
    assert "\\Flagged" not in first.flags
    assert not {"\\Seen"} & (first.flags | second.flags)


@pytest.mark.parametrize("deed", ["edits", "sends", "bins"])
def test_the_draft_is_the_owners(open_at: Open, provider: Provider, deed: str) -> None:
    """Changed, sent or binned it is not laid again, and nothing of his is touched; the next
    complaint is answered."""
    shop = open_at(*provider.always())
    answered(shop)
    (draft,) = shop.lying()
    if deed == "bins":
        shop.owner.move("Drafts", draft.uid, "Trash")
    else:
        folder = "Sent" if deed == "sends" else "Drafts"
        changed = draft.raw.replace(b"\r\n\r\n", b"\r\n\r\nDear all,\r\n\r\n", 1)
        raw = provider.sends(draft.raw) if deed == "sends" else changed
        shop.owner.deliver(folder, raw, flags=["\\Seen"])
        shop.owner.expunge("Drafts", draft.uid)
    his = {folder: shop.lying(folder) for folder in ("Drafts", "Sent", "Trash")}
    for minutes in DAYS:
        shop.look(minutes=minutes)
        assert {folder: shop.lying(folder) for folder in his} == his
    shop.arrives(mail(3, "The lid is broken.", sender="Cy <cy@customer.example>", date=shop.now))
    looked_until(shop, len(his["Drafts"]) + 1)
    answers = [b"In-Reply-To: " + msgid(3).encode() in seen.raw for seen in shop.lying()]
    assert answers == [False] * len(his["Drafts"]) + [True]
