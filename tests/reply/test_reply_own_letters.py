"""An owner's folder of letters, with every mistake one can make."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from own_letters import faults, load

import triage
from triage.errors import UserError
from triage.reply import breaches
from triage.reply.cases import LETTERS
from triage.reply.courtesy import Severity
from triage.reply.letters import Letters
from triage.reply.samples import samples
from triage.taxonomy import Topic

TEMPLATES = Path(triage.__file__).parent.parent / "templates"


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
    assert len(caught.value.facts["faults"]) == len(LETTERS) + 1


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
        sample = next(samples(Topic.LATE))
        found = breaches(letters.render(sample).text, sample.days)
        assert {breach.rule.severity for breach in found} <= {Severity.ADVISE}
