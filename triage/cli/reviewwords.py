"""What a report says, in sentences: the terminal and the page have the same ones."""

from collections.abc import Iterator, Mapping
from datetime import date

from triage.cli.terminal import clean, count
from triage.cli.wording import TOPICS
from triage.reply import Shop, day_words
from triage.report.alarm import LEAST, RECENT, Alarm, Thing, chief
from triage.report.answers import Waiting
from triage.report.fates import OPEN, SENT, TAKEN, Fate
from triage.report.review import Review
from triage.report.verdicts import Month
from triage.taxonomy import Topic

# What the columns of the letters count, and what stands over them.
FATES: dict[str, tuple[Fate, ...]] = {
    "laid": tuple(Fate),
    "as is": (Fate.AS_IS,),
    "edited": (Fate.EDITED,),
    "binned": (Fate.DISCARDED,),
    "taken": TAKEN,
    "waits": OPEN,
}
FATES_TOLD = (
    "As is and edited were sent; taken were taken away by triage, untouched, since nobody needed"
    " them any more."
)
MONTHS = ("mails", "marked", "sent", "dealt", "unsure", "wrong", "missed")
MONTHS_TOLD = (
    "Marked: as a complaint; of these: letter sent; dealt with (you took the flag off). Wrong and"
    " missed, by the labels you gave."
)


def topic(code: str) -> str:
    return TOPICS[Topic(code)] if code in frozenset(Topic) else clean(code)


def thing(what: Thing) -> str:
    """ "Blue mug: late", "sent with Hare Lane Freight"."""
    if what.carrier:
        return f"sent with {clean(what.carrier)}"
    about = topic(what.topic) if what.topic else "any complaint"
    return f"{clean(what.product)}: {about}" if what.product else about


def days_told(found: Review) -> int:
    return (found.last - found.first).days + 1


def span(found: Review) -> str:
    """ "3 March 2026 to 31 May 2026 (90 days)"."""
    days = count(days_told(found), "day")
    return f"{day_words(found.first)} to {day_words(found.last)} ({days})"


def heads(found: Review) -> Iterator[str]:
    """How much mail there was, and how much of it complained."""
    if not found.mails:
        yield "No mail was read in that time."
        return
    told = f"{count(found.mails, 'mail')} read, {found.people} of them from customers;"
    told += f" {count(found.complaints, 'complaint')}"
    if found.people:
        told += f", {found.complaints / found.people:.1%} of what customers wrote"
    yield f"{told}."
    more = []
    if found.repeats:
        more.append(f"{count(found.repeats, 'mail')} said the same again and are counted once")
    if found.overruled:
        were = "was" if found.overruled == 1 else "were"
        more.append(f"{found.overruled} {were} flagged, and by your labels no complaint")
    if found.failed:
        more.append(f"{count(found.failed, 'mail')} could not be read")
    if more:
        yield f"{'; '.join(more)}."


def alarmed(found: Review) -> Iterator[str]:
    """What comes more often than usual, or why nothing can be said of it."""
    if found.usual_days < LEAST - RECENT:
        yield (
            f"What comes more often than usual can be told once triage has known all mail for"
            f" {LEAST} days."
        )
    for alarm in chief(list(found.alarms)):
        yield _alarm(alarm, found.usual_days)


def _alarm(alarm: Alarm, days: float) -> str:
    usual = (
        f"usually {alarm.usual:.1f} in as many days"
        if alarm.before
        else f"none in the {days:.0f} days before"
    )
    often = 1 / alarm.chance if alarm.chance > 0.0005 else 2000
    less = "less than " if often >= 2000 else ""
    chance = f"chance alone would say so in {less}1 of {often:,.0f} such reports"
    return f"{thing(alarm.thing)}: {alarm.cases} in the last {RECENT} days, {usual} ({chance})."


def bought(found: Review) -> Iterator[str]:
    """What is known of the orders."""
    if found.bought is None:
        yield "There is no order book, so products and carriers are not known: see [orders]."
        return
    told = f"{found.bought.numbered} of {count(found.complaints, 'complaint')}"
    yield f"{told} name an order, and the book knows {found.bought.known} of these."
    if found.bought.unnamed:
        yield (
            f"{count(found.bought.unnamed, 'product')} that no more than one customer is known to"
            " have bought not named here."
        )


def came_again(found: Review) -> Iterator[str]:
    """How often each thing came; then what came once."""
    for what, times in found.again:
        yield f"{thing(what)}: {times} times in {days_told(found)} days"
    if found.once:
        yield f"once: {count(found.once, 'other kind')}"


def answers(found: Review, shop: Shop) -> Iterator[str]:
    """How fast they were, as far as there are some."""
    told = found.answers
    if told.middle is None:
        yield "No complaint is known to be answered."
    else:
        took = f"Half of {count(told.answered, 'answer')} came within {hours(told.middle)}"
        yield f"{took}{f', nine in ten within {hours(told.most)}' if told.most else ''}."
    if told.due and shop.answer_within:
        term = count(shop.answer_within, "working day")
        yield f"In time ({term}): {told.within} of {told.due}, {told.within / told.due:.0%}."
    if told.waiting:
        late = sum(each.late for each in told.waiting)
        wait = "waits" if len(told.waiting) == 1 else "wait"
        yield f"{len(told.waiting)} still {wait}{f', {late} of them too long' if late else ''}."


def waits(each: Waiting, now: float) -> str:
    """For how long."""
    return hours(max(now - each.since, 0.0) / 3600)


def hours(number: float) -> str:
    if number < 1:
        return "an hour"
    return f"{number:.0f} hours" if number < 72 else f"{number / 24:.0f} days"


def letters(found: Review) -> Iterator[str]:
    """What is worth a word beside the table."""
    told = found.letters.all
    if not told:
        yield "No letter was laid in that time."
        return
    sent = sum(told.get(each, 0) for each in SENT)
    total = sum(told.values())
    yield f"You sent {sent} of {count(total, 'letter')}, {told.get(Fate.AS_IS, 0)} as they were."
    why = {
        Fate.ANSWERED: "you wrote an answer of your own",
        Fate.SETTLED: "the customer wrote that all is well",
        Fate.CORRECTED: "you called the mail no complaint",
        Fate.REPLACED: "a newer letter took its place",
    }
    if any(told.get(each) for each in TAKEN):
        parts = [f"{told[each]} because {words}" for each, words in why.items() if told.get(each)]
        yield f"Taken away: {', '.join(parts)}."
    for template, times in found.letters.unused.items():
        yield (
            f"The last {times} letters of the template {clean(template)} were not used: write it"
            f" anew with triage templates new."
        )


def row(fates: Mapping[Fate, int]) -> list[int]:
    """The figures under `FATES`."""
    return [sum(fates.get(each, 0) for each in some) for some in FATES.values()]


def month(each: Month) -> tuple[str, list[int]]:
    """A month, and the figures under `MONTHS`."""
    day = date.fromisoformat(f"{each.month}-01")
    figures = [each.mails, each.flagged, each.sent, each.dealt, each.unsure]
    return f"{day:%b %Y}", [*figures, each.no_complaint, each.missed]


def models(changed: list[date]) -> Iterator[str]:
    if changed:
        yield f"The model was changed on {', '.join(map(day_words, changed))}."
