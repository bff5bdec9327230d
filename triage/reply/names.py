"""What a template may use, beside `ask("…")`. Described in `templates/README.md`. Pure."""

from dataclasses import asdict

from triage.facts.asked import Wish
from triage.facts.occasion import Occasion
from triage.reply.cases import Case, Stance, case_of
from triage.reply.parcel import Parcel
from triage.reply.shop import Remedies
from triage.reply.situation import Book, Situation
from triage.reply.term import open_days

_SERVES = {
    Wish.REFUND: frozenset({"refund"}),
    Wish.RETURN: frozenset({"refund", "exchange"}),
    Wish.CANCEL: frozenset({"refund"}),
    Wish.SEND_AGAIN: frozenset({"send_again", "exchange"}),
    Wish.EXCHANGE: frozenset({"exchange", "send_again"}),
}
_UNMET = (Wish.REFUND, Wish.SEND_AGAIN, Wish.EXCHANGE, Wish.REPAIR)
_REMEDIES = ("send_again", "refund", "exchange")


def offered(found: Situation, case: Case) -> Remedies:
    """What may be offered: what the shop allows and the case admits, less what the customer does
    not want. Where he says what he wants, and may have it, nothing else; who would keep the thing,
    for something off the price, wants neither another nor all of the money."""
    able = {
        remedy
        for remedy in _REMEDIES
        if getattr(found.remedies, remedy) and getattr(case.offers, remedy)
    }
    for wish in found.asked.unwanted:
        able -= _SERVES.get(wish, frozenset())
    if found.said.given:  # the money is another's
        able -= {"refund"}
    wanted = able & _wanted(found)
    if Wish.KEEP in found.asked.wanted and not wanted:
        return Remedies()
    return Remedies(**dict.fromkeys(wanted or able, True))


def _wanted(found: Situation) -> frozenset[str]:
    return frozenset().union(*(_SERVES.get(wish, frozenset()) for wish in found.asked.wanted))


def names(found: Situation) -> dict[str, object]:
    """Name -> text, number or yes and no. Text that is not known is ""."""
    case = case_of(found)
    told = found.parcel if case.stance is Stance.ANSWER and found.book is not Book.SILENT else None
    offers = offered(found, case)
    can = {remedy for remedy in _REMEDIES if getattr(offers, remedy)}
    wanted = _wanted(found)
    return {
        "topic": str(found.topic),
        "first_name": found.first_name or "",
        "formal_name": found.formal_name or "",
        "formal": found.formal,
        "order_number": found.order_number or "",
        "thing": found.thing,
        "flaw": found.flaw,
        "photo_sent": found.photo_sent,
        **{remedy: remedy in can for remedy in _REMEDIES},
        "as_asked": bool(can & wanted),
        "asked_for": "" if can & wanted else _unmet(found),
        "questions": found.questions,
        "came": found.came,
        "continued": found.continued,
        **_needed(found),
        "needed_sooner": found.needed_sooner,
        "days_named": _listed([found.in_words(day) for day in found.ahead]),
        "earlier": found.in_words(found.earlier.day) if found.earlier else "",
        "delivery_days": found.delivery_days,
        "answer_within": found.answer_within,
        "open_days": open_days(found.open),
        "opens_again": found.in_words(found.opens_again),
        "notice": found.notice.text if found.notice else "",
        "signature": "\\\n".join(found.signature),  # a backslash keeps the line break
        "signed_off": found.signed_off,
        **asdict(found.said),
        **_where_it_is(told),
    }


def _unmet(found: Situation) -> str:
    """The remedy that is asked for and cannot be offered; of several the first."""
    meant = {Wish.RETURN: Wish.REFUND, Wish.CANCEL: Wish.REFUND}
    asked = {meant.get(wish, wish) for wish in found.asked.wanted}
    return next((str(w) for w in _UNMET if w in asked), "")


def _needed(found: Situation) -> dict[str, object]:
    what = found.occasion
    by = found.in_words(what.day) if what else ""
    if what and what.what == "Christmas":  # everybody knows the day: "by Christmas"
        return {"occasion": "", "needed_by": what.what, "occasion_past": found.too_late}
    return {
        "occasion": _with_article(what) if what else "",
        "needed_by": by,
        "occasion_past": found.too_late,
    }


def _listed(days: list[str]) -> str:
    """ "30 November, 4 December and 8 January 2027". American days have commas of their own."""
    *first, last = days or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _with_article(occasion: Occasion) -> str:
    """ "a birthday", "an anniversary", "Christmas"; "" where only a day is named."""
    what = occasion.what
    if not what or what[0].isupper():
        return what
    return f"{'an' if what[0] in 'aeiou' else 'a'} {what}"


def _where_it_is(told: Parcel | None) -> dict[str, object]:
    return {
        "order_status": str(told.status) if told else "",
        "overdue": told is not None and told.overdue,
        "ordered": told.ordered if told else "",
        "shipped": told.shipped if told else "",
        "delivered": told.delivered if told else "",
        "carrier": told.carrier if told else "",
        "tracking": told.tracking if told else "",
        "items": told.items if told else "",
    }
