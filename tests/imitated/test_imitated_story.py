"""The whole story at every imitated provider: one complaint, one draft in its thread, and then it
is the owner's."""

import email
import email.policy

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


def looked_until(shop: Shop, drafts: int) -> None:
    """Three looks are enough at every provider."""
    for _ in range(3):
        if len(shop.lying()) < drafts:
            shop.look()


def test_one_complaint_one_draft(open_at: Open, provider: Provider) -> None:
    """In its thread, however often it looks afterwards; what came in stays unread, and only the
    complaint is flagged."""
    shop = open_at(*provider.always())
    shop.look()
    shop.arrives(mail(1, "Lovely, thank you!", sender="Bo <bo@customer.example>"))
    shop.arrives(mail(2, "The cup is broken.", more="References: <first@customer.example>\r\n"))
    looked_until(shop, 1)
    (lying,) = shop.lying()
    assert lying.flags - {"\\Recent"} == {"\\Draft", "\\Seen"}
    draft = email.message_from_bytes(lying.raw, policy=email.policy.default)
    assert is_draft_id(draft["Message-ID"])
    assert draft["In-Reply-To"] == msgid(2)
    assert draft["References"].split() == ["<first@customer.example>", msgid(2)]
    for minutes in DAYS:
        shop.look(minutes=minutes)
        assert shop.lying() == [lying]
    first, second = shop.lying("INBOX")
    assert "\\Flagged" in second.flags
    assert "\\Flagged" not in first.flags
    assert not {"\\Seen"} & (first.flags | second.flags)


def test_the_drafts_are_the_owners(open_at: Open, provider: Provider) -> None:
    """Changed, sent or binned they are not laid again, and nothing of his is touched; the next
    complaint is answered."""
    shop = open_at(*provider.always())
    shop.look()
    for number in (1, 2, 3):
        shop.arrives(mail(number, "It is broken.", sender=f"c{number}@customer.example"))
    looked_until(shop, 3)
    edited, sent, binned = shop.lying()
    changed = edited.raw.replace(b"\r\n\r\n", b"\r\n\r\nDear all,\r\n\r\n", 1)
    shop.owner.deliver("Drafts", changed, flags=["\\Seen"])
    shop.owner.deliver("Sent", provider.sends(sent.raw), flags=["\\Seen"])
    shop.owner.move("Drafts", binned.uid, "Trash")
    for draft in (edited, sent):
        shop.owner.expunge("Drafts", draft.uid)
    his = {folder: shop.lying(folder) for folder in ("Drafts", "Sent", "Trash")}
    assert {folder: len(mails) for folder, mails in his.items()} == dict.fromkeys(his, 1)
    for minutes in DAYS:
        shop.look(minutes=minutes)
        assert {folder: shop.lying(folder) for folder in his} == his
    shop.arrives(mail(4, "The lid is broken.", sender="Cy <cy@customer.example>", date=shop.now))
    looked_until(shop, 2)
    assert b"In-Reply-To: " + msgid(4).encode() in shop.lying()[1].raw


def test_each_way_is_known_from_somewhere(provider: Provider) -> None:
    """What is imitated was written down by somebody who met it."""
    for way in provider.always():
        assert way.source.startswith("https://")
        assert way.__doc__
