"""What the writer says that a letter must not pass over, told from plain English phrases.

Each is believed only where the words can hardly mean anything else: a letter that misses one is a
little cold, a letter that speaks of what was never said is embarrassing.
"""

from dataclasses import dataclass

from triage.facts.parcel_saying import AT_CUSTOMS, SEARCHED, WENT_BACK
from triage.facts.phrase import Phrases, flat
from triage.facts.saying import (
    BEFORE,
    BEREAVED,
    CANCELLED,
    DISCREET,
    GIVEN,
    HEARD,
    NO_PHOTO,
    OTHER_ACCOUNT,
    PHOTO_OFFERED,
    RETURNED,
    SUPPOSED,
    UNPAID,
)


@dataclass(frozen=True, slots=True)
class Said:
    """`wrote_before`: has tried to reach the shop before, in vain. `looked_around`: has asked
    neighbours or household, or searched the place. `cancelled`: has cancelled already, or asked for
    it. `sent_back`: goods are on their way back, or there. `refund_awaited`: money is still to
    come. `went_back`: the carrier has returned the parcel to the shop. `at_customs`: it is held
    there. `given`: somebody else bought it for him. `photo_offered`: he would send a picture;
    `no_photo`: he has none to send, or it would show nothing. `other_account`: it was ordered under
    another address or name. `bereaved`: somebody near to him has died. `discreet`: he asks that
    somebody hears nothing of it."""

    wrote_before: bool = False
    looked_around: bool = False
    cancelled: bool = False
    sent_back: bool = False
    refund_awaited: bool = False
    went_back: bool = False
    at_customs: bool = False
    given: bool = False
    photo_offered: bool = False
    no_photo: bool = False
    other_account: bool = False
    bereaved: bool = False
    discreet: bool = False


SILENT = Said()


def said(text: str) -> Said:
    """What a text says. Its writer's own words: no quoted mail and no subject of a thread."""
    text = flat(text).lower()
    return Said(
        wrote_before=not HEARD.search(text) and _stated(BEFORE, text),
        looked_around=_stated(SEARCHED, text),
        cancelled=_stated(CANCELLED, text),
        sent_back=_stated(RETURNED, text),
        refund_awaited=_stated(UNPAID, text),
        went_back=_stated(WENT_BACK, text),
        at_customs=_stated(AT_CUSTOMS, text),
        given=_stated(GIVEN, text),
        photo_offered=PHOTO_OFFERED.search(text) is not None,
        no_photo=_stated(NO_PHOTO, text),
        other_account=_stated(OTHER_ACCOUNT, text),
        bereaved=_stated(BEREAVED, text),
        discreet=DISCREET.search(text) is not None,
    )


def _stated(phrases: Phrases, text: str) -> bool:
    """Whether one of these phrases is not merely supposed."""
    return any(
        not SUPPOSED.search(text, max(0, found.start() - 60), found.start())
        for found in phrases.finditer(text)
    )
