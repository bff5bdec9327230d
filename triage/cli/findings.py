"""A finding for people, and for programs."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from triage.cli import wording
from triage.cli.sentences import sentence
from triage.cli.terminal import clean
from triage.facts import Facts
from triage.facts.occasion import Occasion
from triage.finding import Finding
from triage.order import MAY_CHANGE, Match
from triage.origin import Origin
from triage.reply import Draft
from triage.verdict import Opinion

# How many clues and topics are shown to people; programs get all.
CLUES = 8
TOPICS = 3


def row(place: Mapping[str, object], finding: Finding) -> dict[str, object]:
    """One JSON object; its keys are stable. `place` is `file`, or `account, mailbox, uid`."""
    verdict = finding.verdict
    opinion = verdict.opinion if verdict else None
    return {
        **place,
        "message_id": finding.message.message_id if finding.message else None,
        "outcome": str(finding.outcome),
        "reason": finding.reason,
        "origin": str(verdict.origin.kind) if verdict else None,
        "language": opinion.language if opinion else None,
        "complaint": opinion.complaint if opinion and opinion.known_language else None,
        "topic": str(opinion.topic) if opinion and opinion.topics else None,
        "topics": {str(topic): share for topic, share in opinion.topics.items()} if opinion else {},
        "clues": [asdict(clue) for clue in opinion.clues] if opinion else [],
        "signals": [asdict(signal) for signal in finding.signals],
        "facts": _facts_row(finding),
        "draft": _draft_row(finding.draft) if finding.draft else None,
    }


def _facts_row(finding: Finding) -> dict[str, object]:
    if finding.facts is None:
        return {}
    asked = finding.facts.asked
    return {
        **asdict(finding.facts),
        "asked": {"wanted": sorted(asked.wanted), "unwanted": sorted(asked.unwanted)},
        "order": _order_row(finding.match) if finding.match else None,
    }


def _order_row(match: Match) -> dict[str, object]:
    order = match.order
    return {
        "number": order.number,
        "own": match.own,
        "status": str(order.status),
        "address": order.address,
        "name": order.name,
        "items": order.items,
        "ordered": order.ordered,
        "shipped": order.shipped,
        "delivered": order.delivered,
        "carrier": order.carrier,
        "tracking": order.tracking,
        "as_of": match.as_of,
        "fresh_until": match.fresh_until,
        "guessed": match.guessed,
    }


def _draft_row(draft: Draft) -> dict[str, object]:
    return {
        "message_id": draft.message_id,
        "to": [address.addr for address in draft.to],
        "subject": draft.subject,
        "in_reply_to": draft.in_reply_to,
        "references": draft.references,
        "body": draft.body,
    }


def text(name: str, finding: Finding) -> str:
    """One finding as its owner reads it: a line a matter, then the letter, indented."""
    lines = [clean(name)]
    lines += [f"  {label:<15}{clean(value)}" for label, value in _matters(finding)]
    if finding.draft:
        letter = clean(finding.draft.body, lines=True).rstrip()
        lines += ["", *(f"    {line}".rstrip() for line in letter.split("\n"))]
    return "\n".join(lines) + "\n"


def _matters(finding: Finding) -> Iterator[tuple[str, str]]:
    outcome = wording.OUTCOMES[finding.outcome]
    if finding.error:
        yield outcome, sentence(finding.error)
        return
    yield outcome, wording.REASONS.get(finding.reason, finding.reason)
    for signal in finding.signals:
        yield "signal", f'{wording.SIGNALS[signal.kind]}: "{signal.text}"'
    if finding.message:
        yield "subject", finding.message.subject or "none"
    if finding.verdict:
        yield from _writer(finding.verdict.origin)
        if finding.verdict.opinion:
            yield from _opinion(finding.verdict.opinion)
    if finding.facts:
        yield from _facts(finding.facts)
    if finding.match:
        yield "order", _order(finding.match)
        if finding.match.order.postal:
            yield "goes to", finding.match.order.postal
        if finding.match.as_of and finding.match.order.status in MAY_CHANGE:
            yield (
                "order book",
                f"of {finding.match.as_of}, believed in this until {finding.match.fresh_until}",
            )
    yield "letter", letter(finding)


def _writer(origin: Origin) -> Iterator[tuple[str, str]]:
    yield "written by", wording.ORIGINS[origin.kind]
    yield "told from", origin.evidence
    if origin.writer:
        yield "answer to", f"{origin.writer.name} <{origin.writer.addr}>".strip()


def _opinion(opinion: Opinion) -> Iterator[tuple[str, str]]:
    yield "language", "too short to tell" if opinion.language == "und" else opinion.language
    if not opinion.known_language:
        return
    yield "a complaint", f"{wording.chance(opinion.complaint)} likely"
    likely = sorted(opinion.topics.items(), key=lambda item: -item[1])[:TOPICS]
    yield (
        "about",
        ", ".join(f"{wording.TOPICS[topic]} {wording.chance(share)}" for topic, share in likely),
    )
    clues = (f'"{clue.text}" {clue.weight:+.2f}' for clue in opinion.clues[:CLUES])
    yield "clues", ", ".join(clues) or "none"


def _facts(facts: Facts) -> Iterator[tuple[str, str]]:
    if facts.order_numbers:
        yield "order numbers", ", ".join(facts.order_numbers)
    for each in facts.tracking:
        yield "tracking", f"{each.number}, {each.carrier}" if each.carrier else each.number
    if facts.first_name:
        yield "first name", facts.first_name
    if facts.formal_name:
        yield "formal name", facts.formal_name
    told = [name.replace("_", " ") for name, true in asdict(facts.said).items() if true]
    told += ["insults"] * facts.abuse + ["answers a letter of yours"] * facts.continued
    told += [f'"{facts.settled}"'] * (facts.settled != "")
    told += [facts.flaw] * (facts.flaw != "")
    told += [f"{name} {day}" for name, day in asdict(facts.stated).items() if day]
    told += [f"names {day}" for day in facts.ahead]
    if told:
        yield "says", ", ".join(told)
    if facts.asked.wanted:
        yield "asks for", ", ".join(sorted(facts.asked.wanted))
    if facts.asked.unwanted:
        yield "does not want", ", ".join(sorted(facts.asked.unwanted))
    if facts.occasion:
        yield "needed for", _occasion(facts.occasion)


def _occasion(occasion: Occasion) -> str:
    told = [occasion.what or ("a gift" if occasion.gift else "a day")]
    told += [str(occasion.day)] if occasion.day else []
    told += ["a gift"] if occasion.gift and occasion.what else []
    told += ["already over"] if occasion.past else []
    return ", ".join(told)


def _order(match: Match) -> str:
    order = match.order
    days = ((name, getattr(order, name)) for name in ("ordered", "shipped", "delivered"))
    told = [wording.ORDERS[order.status], *(f"{name} {day}" for name, day in days if day)]
    told += [text for text in (order.carrier, order.tracking, *order.items) if text]
    whose = order.address or "nobody the book knows"
    foreign = (
        "" if match.own else f". It is of {whose}, NOT the writer's: the letter is silent on it"
    )
    guessed = f"perhaps, by name ({order.name}), " if match.guessed else ""
    return f"{guessed}{order.number}: {', '.join(told)}{foreign}"


def letter(finding: Finding) -> str:
    if finding.draft:
        to = ", ".join(address.addr for address in finding.draft.to) or "nobody yet"
        return f"{finding.draft.template}, to {to}, {finding.draft.subject}"
    where = finding.verdict.origin.answer_at if finding.verdict else None
    return wording.UNDRAFTED.get(finding.undrafted, "none").format(where=where)
