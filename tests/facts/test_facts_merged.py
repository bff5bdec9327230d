"""What two mails of one writer say, as one."""

from datetime import date

import pytest

from triage.facts import Facts
from triage.facts.asked import Asked
from triage.facts.merged import merged
from triage.facts.occasion import Occasion
from triage.facts.said import Said
from triage.facts.stated import Stated
from triage.facts.tracking import Tracking
from triage.facts.wish import Wish

NEW, OLD = date(2026, 3, 4), date(2026, 3, 2)


def test_gaps_are_filled_and_the_newer_holds() -> None:
    new = Facts(first_name="Ada", stated=Stated(arrived=NEW), said=Said(wrote_before=True))
    old = Facts(
        ("4471",),
        first_name="A",
        stated=Stated(ordered=OLD, arrived=OLD),
        harm="cut",
        occasion=Occasion("birthday", NEW, gift=True, past=False),
        said=Said(given=True),
    )
    both = merged(new, old)
    assert (both.first_name, both.order_numbers, both.harm) == ("Ada", ("4471",), "cut")
    assert both.stated == Stated(ordered=OLD, arrived=NEW)
    assert both.occasion == old.occasion
    assert both.said == Said(wrote_before=True, given=True)


def test_numbers_of_both_stand_once() -> None:
    rm = Tracking("RM441720935GB", "Royal Mail")
    new, old = Facts(("2", "1"), tracking=(rm,)), Facts(("1", "3"), tracking=(rm,))
    assert merged(new, old).order_numbers == ("2", "1", "3")
    assert merged(new, old).tracking == (rm,)


def test_what_he_wants_now() -> None:
    """A wish taken back is none, one that was declined may be asked for after all."""
    new = Facts(asked=Asked(frozenset({Wish.SEND_AGAIN}), frozenset({Wish.REFUND})))
    old = Facts(asked=Asked(frozenset({Wish.REFUND, Wish.EXCHANGE}), frozenset({Wish.SEND_AGAIN})))
    assert merged(new, old).asked == Asked(
        frozenset({Wish.SEND_AGAIN, Wish.EXCHANGE}), frozenset({Wish.REFUND})
    )


@pytest.mark.parametrize(
    ("new", "old", "both"),
    [("", "the lid", "the lid"), ("the lid", "", "the lid"), ("a", "a", "a"), ("a", "b", "")],
)
def test_two_flaws_are_not_one(new: str, old: str, both: str) -> None:
    """A letter that named one of them would pass over the other."""
    assert merged(Facts(flaw=new), Facts(flaw=old)).flaw == both
