"""What a customer says in several mails about one matter, as if it were said in one. Pure."""

from dataclasses import fields, replace
from typing import TypeVar

from triage.facts import Facts
from triage.facts.asked import Asked
from triage.facts.said import Said
from triage.facts.stated import Stated

T = TypeVar("T")


def merged(new: Facts, old: Facts) -> Facts:
    """The facts of two mails of one writer. Where they differ the newer one holds; each keeps the
    days that it counts from its own date."""
    return replace(
        new,
        order_numbers=_both(new.order_numbers, old.order_numbers),
        first_name=new.first_name or old.first_name,
        said=Said(*(getattr(new.said, f.name) or getattr(old.said, f.name) for f in fields(Said))),
        harm=new.harm or old.harm,
        tracking=_both(new.tracking, old.tracking),
        stated=Stated(
            *(getattr(new.stated, f.name) or getattr(old.stated, f.name) for f in fields(Stated))
        ),
        formal_name=new.formal_name or old.formal_name,
        asked=Asked(
            new.asked.wanted | (old.asked.wanted - new.asked.unwanted),
            new.asked.unwanted | (old.asked.unwanted - new.asked.wanted),
        ),
        occasion=new.occasion or old.occasion,
        abuse=new.abuse or old.abuse,
        questions=new.questions + old.questions,
        flaw=(new.flaw or old.flaw) if not (new.flaw and old.flaw) or new.flaw == old.flaw else "",
        ahead=_both(new.ahead, old.ahead),
    )


def _both(new: tuple[T, ...], old: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*new, *old)))
