"""The letters: ours as they are, and an owner's folder with every mistake one can make."""

import os
import re
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, nodes

import triage
from triage.errors import UserError
from triage.order import OrderStatus
from triage.reply import breaches
from triage.reply.courtesy import SIGN_OFF, Severity
from triage.reply.letters import Letters
from triage.reply.parcel import Parcel
from triage.reply.situation import ANSWERED, HARM, LETTERS, Stance, samples
from triage.taxonomy import COMPLAINT_TOPICS, Topic

TEMPLATES = Path(triage.__file__).parent.parent / "templates"
ALL = [(topic, sample) for topic in LETTERS for sample in samples(topic)]
TOLD = [(topic, sample) for topic, sample in ALL if sample.parcel]


def load(tmp_path, **files):
    """The letters with an owner's folder of these files, "_" for "-" and without endings."""
    folder = tmp_path / "en"
    folder.mkdir()
    for name, text in files.items():
        path = folder / f"{name.replace('_', '-')}.txt.j2"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Letters.load(tmp_path)


def faults(tmp_path, **files):
    with pytest.raises(UserError) as caught:
        load(tmp_path, **files)
    assert caught.value.kind == "templates-faulty"
    return [(Path(f.file).name, f.line, f.kind, f.about) for f in caught.value.facts["faults"]]


# Ours.


def test_every_topic_of_a_complaint_has_a_letter():
    """And `order-status` and harm; the base is the only file beside them."""
    assert set(LETTERS) == COMPLAINT_TOPICS | {Topic.ORDER_STATUS, HARM}
    assert {path.name for path in (TEMPLATES / "en").iterdir()} == {
        "reply.txt.j2",
        *(f"{topic}.txt.j2" for topic in LETTERS),
    }


def test_every_letter_is_complete_and_courteous():
    """With an empty shop and a full one: no mark, no breach, 60 to 140 words, one sign-off."""
    letters = Letters.load()
    texts = set()
    for _, sample in ALL:
        letter = letters.render(sample)
        texts.add(letter.text)
        assert letter.missing == ()
        assert "[[" not in letter.text
        told = sample.stance is Stance.ANSWER
        days = sample.parcel.days if sample.parcel else ()
        assert breaches(letter.text, days, looked_into=told) == ()
        assert len(SIGN_OFF.findall(letter.text)) == 1
        assert 60 <= len(letter.text.split()) <= 140, letter.text
    assert len(texts) > 300


def test_one_paragraph_is_one_line():
    """Between the greeting and the sign-off no paragraph has a line break."""
    letters = Letters.load()
    for _, sample in ALL:
        _, *middle, _ = letters.render(sample).text.split("\n\n")
        assert not [paragraph for paragraph in middle if "\n" in paragraph]


def test_only_what_the_shop_allows_is_offered():
    """Money, another parcel, an exchange: in no letter of a shop that has not said so."""
    letters = Letters.load()
    offers = {
        "refund": r"money back|pay the difference|give you back",
        "send_again": r"send it again|send it to you|send you",
        "exchange": r"exchange",
    }
    seen = dict.fromkeys(offers, 0)
    for _, sample in ALL:
        text = letters.render(sample).text
        for remedy, words in offers.items():
            allowed = getattr(sample.remedies, remedy)
            # Something else came, or broke: to exchange it is to send another.
            allowed |= remedy == "send_again" and sample.remedies.exchange
            offered = re.search(words, text) is not None
            seen[remedy] += offered
            assert allowed or not offered, text
    assert all(count > 30 for count in seen.values()), seen


@pytest.mark.parametrize(
    ("days", "term"),
    [
        (0, "you will hear from me as soon as I know more."),
        (1, "you will hear from me within one working day."),
        (2, "you will hear from me within two working days."),
        (3, "you will hear from me within three working days."),
        (10, "you will hear from me within 10 working days."),
    ],
)
def test_the_term_counts_from_sending(days, term):
    """A term and no date; without one, no number."""
    letters = Letters.load()
    for topic in LETTERS:
        text = letters.render(replace(next(samples(topic)), answer_within=days)).text
        assert text.count(term) == 1


def test_what_is_known_is_named():
    """First name and order number stand in every letter, once."""
    letters = Letters.load()
    for topic in LETTERS:
        text = letters.render(next(samples(topic))).text
        assert text.startswith("Hello Maria,\n\n")
        assert text.count("1043") == 1
        assert text.endswith("\n\nBest wishes,\nAnna\nLarkspur Soap")


def test_no_fault_is_conceded_before_anybody_looked():
    """Sorry for the trouble; never "our mistake", and no fact about the parcel."""
    letters = Letters.load()
    for topic, sample in ALL:
        text = letters.render(sample).text
        assert not re.search(
            r"\b(?:our|my) (?:mistake|fault|error)|went wrong|we failed", text, re.I
        )
        no_grief = {
            Topic.ORDER_STATUS,
            Topic.CANCEL_CHANGE,
        }  # asked for, or the customer's own slip
        cancelled = sample.said.cancelled
        if sample.harm:
            assert "I am very sorry to read it" in text
        elif sample.stance is Stance.ACKNOWLEDGE:
            grieved = topic not in no_grief or (topic is Topic.CANCEL_CHANGE and cancelled)
            assert ("I am sorry for the" in text) == grieved
        assert not re.search(r"\bwe\b|\bus\b|\bour\b", text)  # a person speaks


# With the customer's own order.


def test_which_letters_tell_of_an_order():
    """Those about a parcel, in each of its states; a sample of any other topic has none."""
    assert {topic for topic, _ in TOLD} == ANSWERED
    for topic in ANSWERED:
        states = {sample.parcel.status for told, sample in TOLD if told is topic}
        assert states == set(OrderStatus) - {OrderStatus.UNKNOWN}
    assert {sample.stance for _, sample in TOLD} == {Stance.ANSWER}


def test_all_that_is_known_of_the_order_is_said():
    """Day, carrier, tracking number and things, each once or twice; and nothing where it is not
    known."""
    letters = Letters.load()
    for _, sample in TOLD:
        text, parcel = letters.render(sample).text, sample.parcel
        day = parcel.delivered or parcel.shipped
        for fact in filter(None, (day, parcel.carrier, parcel.tracking, parcel.items)):
            assert fact in text
        assert ("Royal Mail" in text) == bool(parcel.carrier)
        assert ("RM441720935GB" in text) == bool(parcel.tracking)
        assert ("(Blue mug" in text) == bool(parcel.items)


def test_a_parcel_that_is_marked_as_delivered():
    """No accusation: look around with us, while I ask; and a term after which it is put right."""
    letters = Letters.load()
    seen = 0
    for topic, sample in TOLD:
        if sample.parcel.status is OrderStatus.DELIVERED and topic is not Topic.LATE:
            text = letters.render(sample).text
            looked = sample.said.looked_around
            assert ("could you please look with your neighbours" in text) != looked
            assert ("Thank you for having looked around already." in text) == looked
            assert "where it was left, and you will hear from me" in text
            remedies = sample.remedies
            assert ("by then, I will send it again" in text) == remedies.send_again
            assert ("give you your money back" in text) == remedies.refund
            seen += 1
    assert seen > 100


@pytest.mark.parametrize(
    ("topic", "status", "words"),
    [
        (Topic.NOT_DELIVERED, OrderStatus.NOT_SHIPPED, "has not been sent yet"),
        (Topic.NOT_DELIVERED, OrderStatus.IN_TRANSIT, "was sent on 12 November with"),
        (Topic.LATE, OrderStatus.NOT_SHIPPED, "I am finding out how soon it can go"),
        (Topic.LATE, OrderStatus.IN_TRANSIT, "I am asking Royal Mail where it is now"),
        (Topic.LATE, OrderStatus.DELIVERED, "If it has not reached you after all"),
        (Topic.ORDER_STATUS, OrderStatus.NOT_SHIPPED, "My records show"),
        (Topic.ORDER_STATUS, OrderStatus.IN_TRANSIT, "follow it yourself with the tracking"),
    ],
)
def test_what_each_letter_says_of_its_order(topic, status, words):
    """The state of the order stands in it, in plain words."""
    sample = next(s for t, s in TOLD if t is topic and s.parcel.status is status)
    assert words in Letters.load().render(sample).text


def test_a_day_of_the_order_is_no_promise_and_any_other_is(tmp_path):
    """`{{ shipped }}` may stand in an own letter; a day written there, or one more, may not."""
    told = "{% if shipped %}It left on {{ shipped }}.{% endif %}"
    load(tmp_path, late=f"Hello,\n\n{told}\n\nBest wishes")
    (tmp_path / "en" / "late.txt.j2").write_text(
        f"Hello,\n\n{told} It comes on 12 November.\n\nBest wishes"
    )
    with pytest.raises(UserError) as caught:
        Letters.load(tmp_path)
    (fault,) = caught.value.facts["faults"]
    assert (fault.line, fault.kind, fault.about) == (3, "date-unknown", "12 November")


def test_an_unknown_order_leaves_the_letter_as_it_was():
    """Without a parcel the names are empty, and the letter is the plain one."""
    plain = next(samples(Topic.LATE))
    assert set(plain.names()) == set(replace(plain, parcel=Parcel(OrderStatus.DELIVERED)).names())
    text = Letters.load().render(plain).text
    assert "records" not in text
    assert "carrier" not in text


def test_the_readme_describes_every_name_and_block():
    """What an owner may write stands in templates/README.md, and nothing else does."""
    text = (TEMPLATES / "README.md").read_text()
    names, blocks = (
        set(re.findall(r"^\| `(\w+)` \|", part, re.M)) for part in text.split("## Blocks")
    )
    assert names == set(next(samples(Topic.OTHER)).names())
    base = Environment(autoescape=False).parse((TEMPLATES / "en/reply.txt.j2").read_text())
    assert blocks == {block.name for block in base.find_all(nodes.Block)}


def test_the_readmes_examples_work(tmp_path):
    """The example that changes one block is a template."""
    readme = (TEMPLATES / "README.md").read_text()
    block = re.findall(r"(?:^ {4}.*\n|^\n)+", readme, re.M)
    (example,) = (text.replace("\n    ", "\n") for text in block if "{% extends" in text)
    text = load(tmp_path, late=example.strip()).render(next(samples(Topic.LATE))).text
    assert "ring me at the workshop" in text
    assert "just reply to this email" not in text


# The owner's.


def test_own_files_replace_ours_one_by_one(tmp_path):
    """A new base changes every letter; a new letter only itself."""
    letters = load(
        tmp_path,
        reply='{% extends "original/reply.txt.j2" %}{% block greeting %}Good day,{% endblock %}',
        late='{% extends "original/late.txt.j2" %}{% block prevent %}\n{{ super() }}\nAsk me.\n'
        "{% endblock %}",
    )
    for topic in LETTERS:
        text = letters.render(next(samples(topic))).text
        assert text.startswith("Good day,\n\n")
        assert ("happen again. Ask me. If there" in text) == (topic is Topic.LATE)


def test_lines_are_joined_and_breaks_kept(tmp_path):
    """Hard-wrapped paragraphs are joined, a backslash keeps a break, Windows line ends are fine."""
    own = "Hello,\r\n\r\n\r\n  I write\r\nto you.\r\n \r\nBest wishes,\\\r\nA\u00a0B\r\n"
    letters = load(tmp_path, late="\ufeff" + own)
    text = letters.render(next(samples(Topic.LATE))).text
    assert text == "Hello,\n\nI write to you.\n\nBest wishes,\nA\u00a0B"


def test_a_question_to_the_owner_is_a_mark(tmp_path):
    """`ask` shows as a mark and is collected once, where the branch is taken."""
    letters = load(
        tmp_path,
        late='Hello,\n\nIt left {{ ask("on what day") }}. {% if first_name %}{{ ask("who") }} '
        '{{ ask("on what day") }}{% endif %}\n\nBest wishes',
    )
    named = next(samples(Topic.LATE))
    letter = letters.render(named)
    assert letter.missing == ("on what day", "who")
    assert "It left [[on what day]]. [[who]] [[on what day]]" in letter.text
    assert letters.render(replace(named, first_name=None)).missing == ("on what day",)


def test_every_fault_of_every_file_is_named_at_once(tmp_path):
    """Ten mistakes in five files: each with its file and line."""
    (tmp_path / "late.txt.j2").write_text("")
    assert faults(
        tmp_path,
        late='{% extends "reply.txt.j2" %}\n{% block repare %}x{% endblock %}\nHello\n',
        lates="",
        damaged="Hello,\n\n{% if first_name %}\nx\n",
        billing="Hello,\n\n{{ frist_name }} {{ shop.name }}\n{% for x in y %}{% endfor %}\n",
        other=b"Hello,\n\nsch\xf6n\n",
        service='{% extends "replies.txt.j2" %}\n',
        quality="x" * 16_001,
    ) == [
        ("billing.txt.j2", 3, "not-allowed", "getattr"),
        ("billing.txt.j2", 3, "unknown-name", "frist_name"),
        ("billing.txt.j2", 4, "not-allowed", "for"),
        (
            *("damaged.txt.j2", 3, "syntax"),
            "Unexpected end of template. Jinja was looking for the following tags: 'elif' or 'else'"
            " or 'endif'. The innermost block that needs to be closed is 'if'.",
        ),
        ("late.txt.j2", 2, "unknown-block", "repare"),
        ("late.txt.j2", 3, "outside-blocks", ""),
        ("lates.txt.j2", 0, "unknown-file", "lates.txt.j2"),
        ("other.txt.j2", 3, "not-utf-8", ""),
        ("quality.txt.j2", 0, "too-large", "16000"),
        ("service.txt.j2", 1, "unknown-template", "replies.txt.j2"),
        ("late.txt.j2", 0, "misplaced-file", str(tmp_path / "en")),
    ]


def test_a_discourteous_letter_is_refused_with_its_line(tmp_path):
    """Also where the phrase is in one branch only, and runs over two lines."""
    own = "Hello,\n\n{% if not refund %}\nThat is not\nmy department.\n{% endif %}\nSorry!\n"
    assert faults(tmp_path, late=own) == [
        ("late.txt.j2", 0, "no-sign-off", ""),
        ("late.txt.j2", 4, "passed-on", "not my department"),
    ]


def test_on_its_tone_there_is_advice(tmp_path):
    """An exclamation mark, a rule, too few words keep no letter of the owner's from being used."""
    own = "Hello,\n\nAs stated in\nour policy, I will see. Sorry!\n\nBest wishes\n"
    letters = load(tmp_path, late=own)
    assert [(Path(f.file).name, f.line, f.kind, f.about) for f in letters.advice] == [
        ("late.txt.j2", 0, "too-short", "12 words"),
        ("late.txt.j2", 3, "policy", "As stated"),
        ("late.txt.j2", 4, "exclamation", "Sorry!"),
        ("late.txt.j2", 4, "policy", "our policy"),
    ]
    (tmp_path / "none").mkdir()
    assert load(tmp_path / "none").advice == ()


def test_a_cause_is_not_owned_to_before_anybody_looked(tmp_path):
    """In a letter that acknowledges it is advised against, in one that knows the order not."""
    owned = "Hello,\n\n{}I am sorry, the mistake was mine.{}\n\nBest wishes\n"
    (tmp_path / "known").mkdir()
    letters = load(tmp_path, late=owned.format("", ""))
    assert "cause-conceded" in {fault.kind for fault in letters.advice}
    known = owned.format("{% if order_status %}", "{% endif %}")
    letters = load(tmp_path / "known", late=known)
    assert "cause-conceded" not in {fault.kind for fault in letters.advice}


def test_a_fault_in_the_base_is_named_there(tmp_path):
    """One fault of the base, not one for each letter."""
    base = (TEMPLATES / "en/reply.txt.j2").read_text().replace("Hello{%", "You failed to say{%")
    found = faults(tmp_path, reply=base)
    assert (
        "reply.txt.j2",
        base[: base.index("You failed")].count("\n") + 1,
        "blaming",
        "You failed to",
    ) in found


def test_a_base_without_a_block_is_refused(tmp_path):
    """Where the owner's base drops a block, our letters would lose a paragraph in silence."""
    base = "{% block greeting %}Hello,{% endblock %}\n\nBest wishes"
    found = faults(tmp_path, reply=base)
    assert ("late.txt.j2", 3, "unknown-block", "acknowledge") in found


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("{% include 'reply.txt.j2' %}", "include"),
        ("{% import 'reply.txt.j2' as x %}", "import"),
        ("{% from 'reply.txt.j2' import x %}", "fromimport"),
        ("{% for a in 'ab' %}{{ a }}{% endfor %}", "for"),
        ("{% set a = 'a' ~ 'b' %}", "assign"),
        ("{% set a %}x{% endset %}", "assignblock"),
        ("{% macro a() %}{% endmacro %}", "macro"),
        ("{% with %}{% endwith %}", "with"),
        ("{% filter upper %}x{% endfilter %}", "filterblock"),
        ("{% call ask() %}{% endcall %}", "callblock"),
        ("{{ 9 ** 9 ** 9 }}", "pow"),
        ("{{ 'a' * 9999999999 }}", "mul"),
        ("{{ 'a' ~ 'b' }}", "concat"),
        ("{{ '%999999999d' % 1 }}", "mod"),
        ("{{ 'a'|center(999999999) }}", "filter"),
        ("{{ first_name|upper }}", "filter"),
        ("{{ first_name is string }}", "test"),
        ("{{ first_name.__class__.__mro__ }}", "getattr"),
        ("{{ first_name['__class__'] }}", "getitem"),
        ("{{ self.greeting() }}", "call"),
        ("{{ range(9) }}", "call"),
        ("{{ lipsum() }}", "call"),
        ("{{ ask() }}", "call"),
        ("{{ ask(first_name) }}", "call"),
        ("{{ ask('a]]') }}", "call"),
        ("{{ ask('a\nb') }}", "call"),
        ("{{ ask('a', x=1) }}", "call"),
        ("{{ ask(*first_name) }}", "call"),
        ("{{ [1] }}", "list"),
        ("{{ {} }}", "dict"),
        ("{% block a %}{{ super() }}{{ super() }}{% endblock %}", "a second super()"),
        ("{% if refund %}{% extends 'reply.txt.j2' %}{% endif %}", "extends"),
    ],
)  # fmt: skip
def test_a_letter_is_no_program(tmp_path, text, about):
    """What could loop, grow, read or reach is refused before it is compiled, with its line."""
    assert ("late.txt.j2", 3, "not-allowed", about) in faults(tmp_path, late=f"Hello,\n\n{text}\n")


@pytest.mark.parametrize("name", ["ask", "super", "range", "self", "loop", "shop", "caller"])
def test_unknown_names(tmp_path, name):
    """Only documented names, and these not even as values."""
    assert ("late.txt.j2", 1, "unknown-name", name) in faults(tmp_path, late=f"{{{{ {name} }}}}")


@pytest.mark.parametrize(
    "text",
    [
        "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}",
        "{{ " + "not " * 3_500 + "1 }}",
        "{% if 1 %}" * 500 + "{% endif %}" * 500,
        "{% if 1 %}" * 90 + "{% endif %}" * 90,
        "{{ " + "9" * 5_000 + " }}",
        "{{ " + "1 and " * 2_500 + "1 }}",
        "{% block a %}{% block a %}{% endblock %}{% endblock %}",
        '{% extends "late.txt.j2" %}',
        '{% extends "reply.txt.j2" %}{% extends "reply.txt.j2" %}',
        '{% extends "/etc/passwd" %}',
        '{% extends "../../../etc/passwd" %}',
        "{% extends first_name %}",
        "{{",
        "{% raw %}",
        "\x00{{ \x00 }}",
        "",
    ],
    ids=range(16),
)
def test_monsters_are_faults(tmp_path, text):
    """Nesting and numbers beyond measure, circles, other files: a fault, never another error."""
    found = faults(tmp_path, late=text)
    assert {name for name, *_ in found} == {"late.txt.j2"}
    assert "too-large" not in {kind for _, _, kind, _ in found}


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "piece", ["x", "sorry ", "[ ", "[", "{% if 1 %}x{% endif %}", "{# #}", "!", ", ", "A ", "\n",
              "- ", "Dear , ", "\\\n", "{%", "1 ", "March 1", "apologise for if ", "<a "],
)  # fmt: skip
def test_no_text_keeps_the_check_busy(tmp_path, piece):
    """The rules take no more than linear time, or a long paste would look like a hang."""
    text = piece * (15_000 // len(piece))
    assert faults(tmp_path, late=f"Hello,\n\n{text}x\n\nBest wishes.", other=text + "x")


def test_two_files_in_a_circle(tmp_path):
    """A base that extends a letter that extends it."""
    base = '{% extends "late.txt.j2" %}'
    found = faults(tmp_path, reply=base, late='{% extends "reply.txt.j2" %}')
    assert ("reply.txt.j2", 1, "extends-itself", "reply.txt.j2") in found


def test_a_folder_that_cannot_be_read(tmp_path):
    """Its letters are not passed over: whoever may not look into a folder is told so."""
    (tmp_path / "en").symlink_to(tmp_path / "en")
    with pytest.raises(UserError) as caught:
        Letters.load(tmp_path)
    (fault,) = caught.value.facts["faults"]
    assert (fault.file, fault.kind) == (str(tmp_path), "unreadable")
    assert fault.about == "Too many levels of symbolic links"


def test_a_folder_that_is_not_there(tmp_path):
    """A mistyped folder is a fault and not an empty one."""
    with pytest.raises(UserError) as caught:
        Letters.load(tmp_path / "nowhere")
    (fault,) = caught.value.facts["faults"]
    assert (fault.file, fault.kind) == (str(tmp_path / "nowhere"), "missing-folder")


def test_a_language_that_is_not_there():
    """Each letter that is missing is named."""
    with pytest.raises(UserError) as caught:
        Letters.load(language="tlh")
    assert {fault.kind for fault in caught.value.facts["faults"]} == {"missing-file"}
    assert len(caught.value.facts["faults"]) == 14


def test_files_that_cannot_be_read(tmp_path):
    """A folder, a broken link and a pipe under a letter's name do not hang or crash."""
    folder = tmp_path / "en"
    (folder / "late.txt.j2").mkdir(parents=True)
    (folder / "other.txt.j2").symlink_to("nowhere")
    os.mkfifo(folder / "billing.txt.j2")
    with pytest.raises(UserError) as caught:
        Letters.load(tmp_path)
    assert [fault.kind for fault in caught.value.facts["faults"]] == ["missing-file"] * 3


PIECES = st.lists(
    st.one_of(
        st.text(max_size=5),
        st.sampled_from(
            [f"{{% {tag} %}}" for tag in ("if refund", "else", "endif", "block x", "endblock")]
            + [
                "{{ first_name }}",
                "{{ ask('x') }}",
                "{{ super() }}",
                "Hello,",
                "\n\n",
                "Best wishes",
            ]
            + [
                '{% extends "reply.txt.j2" %}',
                "{% block closing %}",
                "{{",
                "}}",
                "\\\n",
                "{#",
                "#}",
            ]
        ),
    ),
    max_size=20,
).map("".join)


@settings(deadline=None, max_examples=40)  # each loads all letters: 0.1 s
@given(text=PIECES)
def test_any_file_is_a_letter_or_a_fault(tmp_path_factory, text):
    """Whatever stands in a file, loading ends in letters or in a list of faults."""
    try:
        letters = load(tmp_path_factory.mktemp("own"), late=text)
    except UserError as error:
        assert error.facts["faults"]
    else:
        found = breaches(letters.render(next(samples(Topic.LATE))).text)
        assert {breach.rule.severity for breach in found} <= {Severity.ADVISE}


def test_samples_take_every_turn():
    """Each yes and no with each other, so that no branch of two conditions stays unread."""
    taken = {
        (s.first_name is None, s.order_number is None, s.photo_sent, s.remedies)
        for s in samples(Topic.LATE)
    }
    assert len(taken) == len(list(product((0, 1), repeat=6)))
    assert {s.answer_within for s in samples(Topic.LATE)} == {0, 1, 2, 3, 7}


def test_samples_of_parcels_take_every_turn():
    """With each parcel each yes and no of two other names, and every term; of what may be missing
    each thing is, once in every state."""
    told = [sample for topic, sample in TOLD if topic is Topic.LATE]
    for one in {sample.parcel for sample in told}:
        same = [sample for sample in told if sample.parcel == one]
        turns = [
            (s.first_name is None, s.order_number is None, s.photo_sent,
             s.remedies.send_again, s.remedies.refund, s.remedies.exchange)
            for s in same
        ]  # fmt: skip
        for first, second in combinations(range(6), 2):
            assert len({(turn[first], turn[second]) for turn in turns}) == 4
        assert {sample.answer_within for sample in same} == {0, 1, 2, 3, 7}
    delivered = {s.parcel for s in told if s.parcel.status is OrderStatus.DELIVERED}
    for name in ("shipped", "carrier", "tracking", "items"):
        assert len({getattr(parcel, name) == "" for parcel in delivered}) == 2
