"""The conversation of `triage label`: a mail, a question, a key."""

from collections.abc import Iterator, Sequence
from enum import Enum
from shutil import get_terminal_size

from triage.cli.terminal import clean, columns, count, folded, say
from triage.cli.wording import TOPICS
from triage.learning.labels import Label, LabelFile
from triage.learning.question import Question, Unlabelled
from triage.taxonomy import Topic

WIDEST = 100  # columns: longer lines are hard to read
# Lines of the terminal that a mail's text leaves to its head and the question.
AROUND = 8
PROMPT = "  c complaint   n no complaint   s skip   b back   q quit"

# One for each topic that a complaint can have.
TOPIC_KEYS = {
    "n": Topic.NOT_DELIVERED,
    "l": Topic.LATE,
    "d": Topic.DAMAGED,
    "w": Topic.WRONG_ITEM,
    "m": Topic.MISSING_ITEM,
    "q": Topic.QUALITY,
    "r": Topic.RETURN_REFUND,
    "b": Topic.BILLING,
    "s": Topic.SERVICE,
    "c": Topic.CANCEL_CHANGE,
    "o": Topic.OTHER,
}


class Act(Enum):
    """What is asked for instead of a label."""

    SKIP = "s"
    BACK = "b"
    QUIT = "q"


def converse(questions: Sequence[Question], file: LabelFile, keys: Iterator[str]) -> None:
    """Asks until all is answered, the owner quits, or there are no more keys. Each label is kept
    before the next question."""
    answers: list[Label | None] = []  # None: skipped
    while len(answers) < len(questions):
        question = questions[len(answers)]
        rest = _show(question, f"{len(answers) + 1} of {len(questions)}")
        answer = _answer(question, rest, keys)
        if answer is Act.QUIT:
            return
        if answer is Act.BACK:
            if answers and answers.pop():
                file.undo()
            continue
        label = answer if isinstance(answer, Label) else None
        if label:
            file.add(label)
        answers.append(label)


def _show(question: Question, number: str) -> list[str]:
    """Says the head and as much of the text as there is room for; returns the other lines."""
    mail, width = question.mail, _width()
    say()
    say(f"── {number} ".ljust(width, "─"))
    say(f"from      {clean(mail.sender) or 'nobody'}")
    say(f"subject   {clean(mail.subject)}")
    say()
    text = clean(mail.text, lines=True).strip("\n").split("\n")
    return _page([line for each in text for line in folded(each, width)])


def _page(lines: Sequence[str]) -> list[str]:
    room = max(AROUND, get_terminal_size().lines - AROUND)
    for line in lines[:room]:
        say(line)
    rest = list(lines[room:])
    say(f"… {count(len(rest), 'more line')}: space" if rest else "")
    return rest


def _answer(question: Question, rest: list[str], keys: Iterator[str]) -> Label | Act:
    mail = question.mail
    say(PROMPT)
    for key in keys:
        match key:
            case "c":
                topic = _topic(question.topic, keys)
                if topic:
                    say(f"complaint: {TOPICS[topic]}")
                    return _label(mail, topic, complaint=True)
                say(PROMPT)
            case "n":
                say("no complaint")
                return _label(mail, None, complaint=False)
            case "s" | "b":
                say("skipped" if key == "s" else "back")
                return Act(key)
            case " " if rest:
                rest = _page(rest)
                say(PROMPT)
            case "q" | "\x04":
                break
    return Act.QUIT


def _label(mail: Unlabelled, topic: Topic | None, *, complaint: bool) -> Label:
    return Label(mail.subject, mail.text, complaint, topic, mail.sender, mail.digest)


def _topic(guess: Topic, keys: Iterator[str]) -> Topic | None:
    """What it is about, None to think again."""
    say("\n".join(_menu(_width())))
    say(f"  Enter {TOPICS[guess]}   Backspace back")
    for key in keys:
        if key in "\r\n":
            return guess
        if key in "\b\x7f":
            return None
        if key in TOPIC_KEYS:
            return TOPIC_KEYS[key]
    return None


def _menu(width: int) -> Iterator[str]:
    """The topics and their keys, in columns."""
    cells = [f"  {key} {TOPICS[topic]}" for key, topic in TOPIC_KEYS.items()]
    wide = max(map(len, cells)) + 1
    across = width // wide
    for start in range(0, len(cells), across):
        yield "".join(cell.ljust(wide) for cell in cells[start : start + across]).rstrip()


def _width() -> int:
    return min(WIDEST, columns())
