"""A report as a program reads it."""

from collections.abc import Iterable, Mapping
from datetime import date

from triage.cli.terminal import stamp
from triage.report.alarm import RECENT, Thing
from triage.report.fates import Fate
from triage.report.review import Review


def row(found: Review, changed: Iterable[date]) -> dict[str, object]:
    """One JSON object; its keys are stable. Days and times in ISO 8601, in the owner's zone; codes
    as in `triage log`. Nobody's address stands in it."""
    answers, bought = found.answers, found.bought
    return {
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "mails": found.mails,
        "from_people": found.people,
        "repeats": found.repeats,
        "failed": found.failed,
        "complaints": found.complaints,
        "overruled": found.overruled,
        "topics": dict(found.topics),
        "weeks": [
            {
                "week": week.isoformat(),
                "complaints": {
                    topic: number
                    for topic, _ in found.topics
                    if (number := found.by_week.get((week, topic)))
                },
            }
            for week in found.weeks
        ],
        "orders": None
        if bought is None
        else {
            "numbered": bought.numbered,
            "known": bought.known,
            "products": dict(bought.products),
            "carriers": dict(bought.carriers),
            "unnamed_products": bought.unnamed,
        },
        "again": [{**_thing(thing), "times": times} for thing, times in found.again],
        "once": found.once,
        "alarm_days": RECENT,
        "usual_days": round(found.usual_days, 1),
        "alarms": [
            {
                **_thing(alarm.thing),
                "cases": alarm.cases,
                "before": alarm.before,
                "usual": alarm.usual,
                "chance": alarm.chance,
            }
            for alarm in found.alarms
        ],
        "answered": answers.answered,
        "hours_median": answers.middle,
        "hours_p90": answers.most,
        "due": answers.due,
        "in_term": answers.within,
        "waiting": [
            {
                "account": each.account,
                "since": stamp(each.since),
                "topic": each.topic,
                "too_long": each.late,
            }
            for each in answers.waiting
        ],
        "letters": {
            "all": _fates(found.letters.all),
            "templates": {
                template: _fates(fates) for template, fates in found.letters.by_template.items()
            },
            "unused_in_a_row": dict(found.letters.unused),
        },
        "months": [
            {
                "month": each.month,
                "mails": each.mails,
                "flagged": each.flagged,
                "letters_sent": each.sent,
                "dealt_with": each.dealt,
                "unsure": each.unsure,
                "labelled": each.labelled,
                "labelled_no_complaint": each.no_complaint,
                "labelled_missed": each.missed,
            }
            for each in found.months
        ],
        "model_changed": [day.isoformat() for day in changed],
    }


def _thing(thing: Thing) -> dict[str, object]:
    return {
        "topic": thing.topic or None,
        "product": thing.product or None,
        "carrier": thing.carrier or None,
    }


def _fates(fates: Mapping[Fate, int]) -> dict[str, int]:
    return {str(each): fates.get(each, 0) for each in Fate}
