"""Every error has its sentence, and every sentence its error."""

import ast
import json
import re
import string
from pathlib import Path

import pytest
from raised import PACKAGE, Raised, raised

from triage.classifier.corpus import Fault, parse
from triage.cli.faults import FAULTS, LINES, PROBLEMS, ROWS
from triage.cli.phrase import worded
from triage.cli.sentences import ERRORS, own_fault, sentence
from triage.cli.wording import ORIGINS, OUTCOMES, REASONS, TOPICS, UNDRAFTED
from triage.errors import MailboxError, UserError
from triage.origin import Origin
from triage.reply.courtesy import RULES
from triage.reply.grammar import Fault as TemplateFault
from triage.taxonomy import OriginKind, Outcome, Topic
from triage.verdict import PEOPLE, UNJUDGED, Opinion, Thresholds, unjudged, weigh

RAISED = [place for place in raised() if place.error != "BadValueError"]
REFUSED = [place for place in raised() if place.error == "BadValueError"]


def fields(words: str) -> tuple[set[str], set[str]]:
    """The facts a sentence needs, and those it may do without."""
    needed, optional = set(), set()
    for _, name, spec, _ in string.Formatter().parse(words):
        if name:
            (optional if spec else needed).add(name)
    return needed, optional


def literals(module: str, function: str, position: int) -> set[str]:
    """The strings that stand at one position of all calls of a function in a module."""
    return {
        node.args[position].value
        for node in ast.walk(ast.parse((PACKAGE / module).read_bytes()))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "attr", "") or getattr(node.func, "id", "")) == function
        and len(node.args) > position
        and isinstance(node.args[position], ast.Constant)
    }


def test_the_search_finds_errors() -> None:
    """Errors of several rooms, with literal, tabled and chosen kinds, are seen."""
    kinds = {place.kind for place in RAISED}
    assert {"login-refused", "certificate-expired", "state-disk-full", "config-syntax"} <= kinds
    assert len(kinds) > 40


@pytest.mark.parametrize("place", RAISED, ids=lambda place: f"{place.where}-{place.kind}")
def test_each_error_is_worded(place: Raised) -> None:
    """There is a sentence, and all it tells of is among the error's facts."""
    needed, _ = fields(ERRORS[place.kind])
    assert place.known
    assert needed <= place.facts


def test_no_sentence_is_without_its_error() -> None:
    """A sentence nobody says is dead."""
    assert set(ERRORS) - {place.kind for place in RAISED} == set()
    for kind, words in ERRORS.items():
        facts = set().union(*(place.facts for place in RAISED if place.kind == kind))
        assert fields(words)[1] <= facts, kind


def test_each_problem_of_the_config_is_worded() -> None:
    """The same of the problems of the configuration."""
    blamed = {
        name for file in ("shape", "table") for name in literals(f"config/{file}.py", "blame", 1)
    }
    refused = literals("config/shape.py", "refuse", 1) | literals("config/table.py", "Problem", 1)
    assert blamed | refused | {place.kind for place in REFUSED} == set(PROBLEMS)


def test_each_fault_of_a_template_is_worded() -> None:
    """The same of the faults of templates; the rules of a good reply bring their own reasons."""
    kinds = {
        kind
        for path in (PACKAGE / "reply").glob("*.py")
        for kind in literals(f"reply/{path.name}", "Fault", 2)
    }
    assert set(FAULTS) & set(RULES) == set()
    assert kinds == set(FAULTS)
    faults = (
        TemplateFault("a.j2", 3, "blaming", "You failed to"),
        TemplateFault("a.j2", 0, "no-sign-off", ""),
    )
    assert sentence(UserError("templates-faulty", faults=faults)).splitlines()[1:] == [
        f'  a.j2, line 3: "You failed to": {RULES["blaming"].reason}',
        f"  a.j2: {RULES['no-sign-off'].reason}",
    ]


def test_each_fault_of_a_corpus_is_worded() -> None:
    """The same of the lines of a corpus, each kind made once; file, line and field are named."""
    good = {"body": "b", "complaint": 0, "topic": "late"}
    lines: list[object] = [[], {"body": "b"}, good | {"body": 1}, good | {"complaint": 2}]
    lines += [good | {"topic": "x"}, good | {"body": " "}, good, good | {"topic": "other"}]
    lines += [good | {"signals": "angry"}, good | {"signals": ["sad"]}]
    raw = "\n".join(["{", *map(json.dumps, lines)]).encode()
    faults = parse(raw, "labels\x1b.jsonl")[1]
    assert {found.kind for found in faults} <= set(LINES)
    words = sentence(UserError("corpus-faults", faults=tuple(faults))).splitlines()
    assert words[0] == "The corpus cannot be used:"
    assert words[1] == "  labels\ufffd.jsonl, line 1: is no JSON"
    assert words[6] == "  labels\ufffd.jsonl, line 6, topic: names no topic there is"
    assert words[-3] == (
        "  labels\ufffd.jsonl, line 9, topic: line 8 says otherwise of the same text. Keep the one"
        " that is right"
    )
    assert words[-2].endswith("line 10, signals: must be a list")
    assert words[-1].endswith("line 11, signals: names a signal that does not exist")


def test_each_fault_of_labelled_texts_is_worded() -> None:
    """The same of rows and mails, besides what is a fault in a corpus alone."""
    tree = ast.parse((PACKAGE / "learning" / "labelled.py").read_bytes())
    kinds = literals("learning/labelled.py", "Fault", 2) | {
        node.value.elts[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Yield)
        and isinstance(node.value, ast.Tuple)
        and isinstance(node.value.elts[0], ast.Constant)
    }
    # Of what reading a mail may raise all but what is said of a folder, which is walked here.
    kinds |= {
        place.kind
        for place in RAISED
        if place.where.startswith(("message/", "learning/mailfile.py", "finding.py"))
        and place.error == "MessageError"
    } - {"no-maildir"}
    assert kinds | {"contradicts", "not-a-list", "unknown-signal"} == set(LINES)
    words = sentence(UserError("corpus-faults", faults=(Fault("a.eml", 0, "no-header"),)))
    assert words.splitlines()[1:] == [
        "  a.eml: is no mail: it has no header (the name of a table ends in .jsonl or .csv)"
    ]


@pytest.mark.parametrize(
    ("number", "last"), [(10, "line 10: is no JSON"), (4223, "and 4,213 more")]
)
def test_a_file_that_is_no_corpus_fills_no_screen(number: int, last: str) -> None:
    """The first ten faults, and how many there are besides."""
    faults = parse(b"\x00\xff{\n" * number, "photo.jpg")[1]
    words = sentence(UserError("corpus-faults", faults=tuple(faults))).splitlines()
    assert len(words) == min(number + 1, 12)
    assert words[10] == "  photo.jpg, line 10: is no JSON"
    assert words[-1].endswith(last)


def test_each_fault_of_an_order_book_is_worded() -> None:
    """The same of its rows."""
    trees = [
        ast.parse(path.read_bytes()) for path in (PACKAGE / "orders").iterdir() if path.is_file()
    ]
    kinds = {
        part.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "CellFault"
        for part in ast.walk(node.args[1])
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }
    assert kinds == set(ROWS)


def test_each_word_of_the_program_has_its_words() -> None:
    """Outcomes, origins, topics; and the reasons that verdicts are given for."""
    assert set(OUTCOMES) == set(Outcome)
    assert set(ORIGINS) == set(OriginKind)
    assert set(TOPICS) == set(Topic)
    given = literals("verdict.py", "Verdict", 1) | literals("finding.py", "Finding", 1)
    given |= literals("cycle.py", "Finding", 1)
    assert given <= set(REASONS)
    (undrafted,) = (
        node
        for node in ast.walk(ast.parse((PACKAGE / "finding.py").read_bytes()))
        if isinstance(node, ast.FunctionDef) and node.name == "undrafted"
    )
    returned = (node.value for node in ast.walk(undrafted) if isinstance(node, ast.Return))
    codes = {node.value for node in returned if isinstance(node, ast.Constant)}
    # Said by `answer`, `only_listed`, `compose` and `reopen`.
    codes |= {
        "answered",
        "only-listed",
        "owner-writing",
        "settled-later",
        "answered-later",
        "unusable-address",
    }
    assert codes == {"", *UNDRAFTED}


@pytest.mark.parametrize("kind", OriginKind)
@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("complaint", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("harm", [True, False])
def test_each_verdict_has_its_words(
    kind: OriginKind, known: bool, complaint: float, harm: bool
) -> None:
    """Whoever writes of what, whatever the classifier says: the reason is worded. Harm changes
    the verdict on a customer's mail only: what had been passed is unsure, what was in between is
    flagged."""
    origin = Origin(kind, None, "")
    opinion = Opinion(complaint, {}, (), "en", known)
    thresholds = Thresholds(0.7, 0.3)
    if kind in UNJUDGED:
        assert unjudged(origin).reason in REASONS
        return
    calm = weigh(opinion, origin, thresholds)
    verdict = weigh(opinion, origin, thresholds, harm=harm)
    assert verdict.reason in REASONS
    heeded = {
        "no-complaint": (Outcome.UNSURE, "harm"),
        "in-between": (Outcome.FLAGGED, "complaint"),
    }
    before = calm.outcome, calm.reason
    expected = heeded.get(calm.reason, before) if harm and kind in PEOPLE else before
    assert (verdict.outcome, verdict.reason) == expected


def test_a_sentence_ends_as_one() -> None:
    """What happened and what to do: whole sentences, no code in capitals, no traceback words."""
    for kind, words in ERRORS.items():
        assert words.startswith(("{", "triage ")) or words[0].isupper(), kind
        assert words.endswith(".") or re.search(r"Run: [^.]+$", words), kind
        assert "Error" not in words, kind


def test_what_is_missing_is_left_out() -> None:
    """An optional fact takes the words around it with it."""
    words = {"k": "The ledger {path} cannot be opened{why:: %s}."}
    assert worded(words, "k", {"path": "/l", "why": "no"}) == "The ledger /l cannot be opened: no."
    assert worded(words, "k", {"path": "/l"}) == "The ledger /l cannot be opened."
    assert worded(words, "k", {"path": "/l", "why": None}) == "The ledger /l cannot be opened."
    assert worded(words, "k", {"path": "/l", "why": "\x1b"}).endswith("opened: \ufffd.")


def test_facts_from_outside_cannot_reach_the_terminal_raw() -> None:
    """A server's reply with an escape sequence and a line break stays one harmless line."""
    error = MailboxError(
        "server-refused",
        command="SELECT",
        answer="NO",
        code="\x1b[2J{path}\r\nError: all lost\u202e",
    )
    assert sentence(error) == (
        "The server refused SELECT (NO, \ufffd[2J{path}  Error: all lost\ufffd). It is tried again."
    )


def test_an_unknown_kind_is_still_an_answer() -> None:
    """A kind without words, of a ledger written by a newer program, is shown as it is."""
    assert sentence(UserError("from-the-future\x1b")) == "from-the-future\ufffd"


def test_our_own_fault_says_how_to_see_more() -> None:
    """No text of the exception, which may be a customer's."""
    words = own_fault(ValueError("a customer's words"))
    assert "--debug" in words
    assert "customer" not in words


def test_it_is_run_from_the_source() -> None:
    """The search reads the code that runs."""
    import triage

    assert Path(triage.__file__).parent == PACKAGE
