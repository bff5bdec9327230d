"""`triage templates`: the letters listed, shown, begun, checked and tried out."""

import json
import os
from collections.abc import Callable
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from triage.cli import preview
from triage.cli.group import triage
from triage.cli.templates import ANSWERS
from triage.reply.cases import LETTERS
from triage.reply.source import BASE

Templates = Callable[..., Result]
CONFIG = """\
state = "state"
classifier.encoder = "words"
[accounts.shop]
address = "Tom <tom@shop.example>"
host = "imap.shop.example"
password_env = "NONE"
[shop]
"""
MAIL = """\
From: Ada Fox <ada@fox.example>
To: tom@shop.example
Subject: Order 1043
Message-ID: <one@fox.example>

Hello,

my order 1043 still has not come. I have waited for three weeks and I am very annoyed. Where is it?

Ada
"""


@pytest.fixture
def config(tmp_path: Path, home: None) -> Path:
    """A configuration that names a folder for letters, which is not there yet."""
    file = tmp_path / "config.toml"
    file.write_text(CONFIG + 'templates = "letters"\n')
    file.chmod(0o600)
    return file


@pytest.fixture
def templates(config: Path) -> Templates:
    """Runs a command on the letters."""

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(triage, ["--config", str(config), "templates", *arguments])

    return invoke


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The owner's folder of letters in English."""
    folder = tmp_path / "letters" / "en"
    folder.mkdir(parents=True)
    return folder


def test_every_letter_is_listed(templates: Templates, own: Path) -> None:
    """What it answers, and whose it is, for people and for programs."""
    (own / "late.txt.j2").write_text('{% extends "original/late.txt.j2" %}\n')
    lines = templates("list").output.splitlines()
    assert [line.split()[0] for line in lines] == [*LETTERS, "reply"]
    assert [line for line in lines if "(yours" in line] == [
        f"late              late  (yours, {own / 'late.txt.j2'})"
    ]
    rows = [json.loads(line) for line in templates("list", "--json").output.splitlines()]
    assert [row["letter"] for row in rows if row["own"]] == ["late"]
    assert all(Path(row["file"]).is_file() and row["answers"] for row in rows)


def test_a_letter_is_shown_as_it_speaks(templates: Templates, config: Path, own: Path) -> None:
    """Ours in the shop's voice, or as written; the owner's where there is one."""
    with config.open("a") as file:
        file.write('voice = "we"\n')
    assert "We're finding out" in templates("show", "late").output
    assert "I am finding out" in templates("show", "late", "--original").output
    (own / "late.txt.j2").write_text("Hello \x1b[2J\n")
    assert templates("show", "late").output == "Hello \ufffd[2J\n"
    assert "I am finding out" in templates("show", "late", "--original").output


@pytest.mark.parametrize("letter", ANSWERS)
@pytest.mark.parametrize("options", [[], ["--full"]])
def test_a_letter_that_is_begun_is_without_fault(
    templates: Templates, tmp_path: Path, letter: str, options: list[str]
) -> None:
    """It says the same as ours, until its owner changes it; the folder is made."""
    done = templates("new", letter, *options)
    path = tmp_path / "letters" / "en" / f"{letter}.txt.j2"
    assert done.output.splitlines()[0] == f"{path} is written. What to do next:"
    assert "write into" not in done.output
    assert (f'extends "original/{letter}.' in path.read_text()) == (options == [])
    if letter in {"late", "reply"}:  # the check renders all letters, and takes a second
        assert templates("check").output == f"{path.parent}: 1 file of yours, no fault\n"
        ours = templates("preview", "late", "--folder", str(tmp_path))
        assert templates("preview", "late").output == ours.output


def test_a_letter_that_is_begun_names_its_blocks(templates: Templates, own: Path) -> None:
    """In the order of the letter."""
    templates("new", "late")
    text = (own / "late.txt.j2").read_text()
    order = [text.index(f"\n    {name}\n") for name in ("greeting", "looking", "repair", "closing")]
    assert order == sorted(order)


def test_what_is_there_is_left_alone(templates: Templates, own: Path) -> None:
    """A file, or a link that leads nowhere."""
    (own / "late.txt.j2").write_text("mine")
    (own / "harm.txt.j2").symlink_to(own / "nowhere")
    for letter in ("late", "harm"):
        done = templates("new", letter)
        path = own / f"{letter}.txt.j2"
        assert done.output == f"Error: {path} is there already, and is left as it is.\n"
        assert done.exit_code == 2
    assert (own / "late.txt.j2").read_text() == "mine"
    assert not (own / "nowhere").exists()


def test_without_a_folder_it_is_said_what_to_write(config: Path, tmp_path: Path) -> None:
    """Into which file; with --folder the letter is begun, and the line stands below."""
    config.write_text(CONFIG)
    call = ["--config", str(config), "templates", "new", "late"]
    done = CliRunner().invoke(triage, call)
    assert done.exit_code == 2
    assert f'Write templates = "letters" below [shop] in {config}, or' in done.output
    done = CliRunner().invoke(triage, [*call, "--folder", str(tmp_path / "mine")])
    line = f'write into {config}, below [shop]: templates = "{tmp_path}/mine"'
    assert line in done.output
    assert (tmp_path / "mine" / "en" / "late.txt.j2").is_file()


def test_a_folder_that_cannot_be(templates: Templates, tmp_path: Path) -> None:
    """A file where the folder should be: one sentence each."""
    (tmp_path / "letters").touch()
    for command in (["new", "late"], ["list"], ["show", "late"], ["check"], ["preview", "late"]):
        done = templates(*command)
        assert (done.exit_code, isinstance(done.exception, SystemExit)) == (2, True), command
        assert str(tmp_path / "letters") in done.output


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "{{ ordernumber }} {{ frist_name }}",
            ["no frist_name; did you mean first_name? There", "did you mean order_number?\n"],
        ),
        ("{{ zzz }}", ["late.txt.j2, line 1: there is no zzz. There are: topic, first_name"]),
        (
            '{% extends "reply.txt.j2" %}\n{% block closng %}{% endblock %}',
            ["line 2: there is no block closng; did you mean closing? There are: acknowledge, "],
        ),
        ('{% extends "origina/late.txt.j2" %}', ["did you mean original/late.txt.j2? There are: "]),
        ("{% if first_name %}", ["late.txt.j2, line 1: is no template"]),
    ],
)
def test_what_is_wrong_is_told_with_what_is_right(
    templates: Templates, own: Path, text: str, words: list[str]
) -> None:
    """File, line, the nearest name, and once all there are; `triage check` says it the same way."""
    (own / "late.txt.j2").write_text(text)
    done = templates("check")
    assert done.exit_code == 2
    for each in words:
        assert each in done.output
    assert done.output.count("There are:") <= 1


def test_a_file_with_a_wrong_name(templates: Templates, own: Path) -> None:
    """The nearest name of a file."""
    (own / "lte.txt.j2").touch()
    assert "no letter is called lte.txt.j2; did you mean late.txt.j2?" in templates("check").output


def test_advice_is_no_failure(templates: Templates, own: Path) -> None:
    """On the tone of a letter, with its line."""
    (own / "late.txt.j2").write_text("Hello,\n\nSorry!\n\nBest wishes\n")
    done = templates("check")
    assert done.exit_code == 0
    assert f'  {own / "late.txt.j2"}, line 3: "Sorry!"' in done.output


def _deep(path: Path) -> None:
    path.write_text("{% if a %}" * 1500)


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)  # sparse


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize(
    "make",
    [
        _deep,
        _huge,
        _endless,
        Path.mkdir,
        os.mkfifo,
        lambda path: path.write_bytes(b"Hello \xff"),
        lambda path: path.symlink_to(path),
    ],
    ids=["deep", "huge", "endless", "folder", "pipe", "latin", "loop"],
)
def test_a_hostile_file_gets_one_sentence(
    templates: Templates, own: Path, make: Callable[[Path], object]
) -> None:
    """Whatever lies there: named, at once, without a traceback."""
    make(own / "late.txt.j2")
    for command in (["check"], ["preview", "late"], ["show", "late"]):
        done = templates(*command)
        if command[0] == "show" and make is _deep:
            continue  # shown as it is
        assert (done.exit_code, isinstance(done.exception, SystemExit)) == (2, True)
        head, *lines = done.output.splitlines()
        assert head == "Error: These letters cannot be used:"
        assert len(lines) == 1
        assert lines[0].startswith(f"  {own / 'late.txt.j2'}")
    assert templates("list").exit_code == 0


@pytest.mark.parametrize("command", ["show", "new", "preview"])
def test_a_letter_that_does_not_exist(templates: Templates, command: str) -> None:
    """The nearest, and all there are."""
    done = templates(command, "latte\x1b")
    assert done.exit_code == 2
    assert "There is no letter latte\ufffd; did you mean late? There are: " in done.output


def test_a_letter_is_previewed_for_each_case(templates: Templates, own: Path) -> None:
    """One line a paragraph, and below it which case it was."""
    done = templates("preview", "late")
    first, second = done.output.split("\n\n-- late")[:2]
    assert "is marked as delivered on 15 November" in first
    assert second.startswith("; the order book says: marked as delivered\n\nHello Maria,\n")
    assert done.output.endswith("\n\n-- late\n")


def test_every_wording_is_previewed_once(templates: Templates, own: Path) -> None:
    """None twice."""
    output = templates("preview", "praise", "--all").output
    letters = [part.strip() for part in output.split("\n-- praise\n")][:-1]
    assert len(letters) == len(set(letters)) == 4  # named or not, numbered or not


def test_the_preview_is_of_this_shop(templates: Templates, own: Path, config: Path) -> None:
    """Its name at the end, its term, and what it allows."""
    assert "money back" not in templates("preview", "damaged").output
    with config.open("a") as file:
        file.write('owner = "Tom"\nanswer_within = 1\nremedies.refund = true\n')
    output = templates("preview", "damaged").output
    assert "within one working day" in output
    assert "money back" in output
    assert "Best wishes,\nTom\n" in output


def test_on_a_terminal_lines_are_wrapped(
    templates: Templates, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At its width."""
    monkeypatch.setattr(preview, "columns", lambda: 60)
    lines = templates("preview", "other").output.splitlines()
    assert 50 < max(map(len, lines)) <= 60


def test_a_mail_is_answered_as_it_would_be(templates: Templates, own: Path, tmp_path: Path) -> None:
    """The draft that `triage run` would lay, as a whole mail."""
    mail, draft = tmp_path / "mail.eml", tmp_path / "draft.eml"
    mail.write_text(MAIL)
    done = templates("preview", "--eml", str(mail), "--draft", str(draft))
    assert done.exit_code == 0, done.output
    assert "> my order 1043 still has not come." in done.output
    assert f"-- not-delivered, for not delivered\n-- written to {draft}\n" in done.output
    made = BytesParser(policy=policy.default).parsebytes(draft.read_bytes())
    assert (made["To"], made["In-Reply-To"]) == ("Ada Fox <ada@fox.example>", "<one@fox.example>")
    assert made.get_content().startswith("Hello Ada,")


def test_a_mail_that_gets_no_letter(templates: Templates, own: Path, tmp_path: Path) -> None:
    """Why not; and a file that is none."""
    mail = tmp_path / "mail.eml"
    mail.write_text(MAIL.replace("Message-ID", "Auto-Submitted: auto-replied\nMessage-ID"))
    done = templates("preview", "--eml", str(mail))
    assert (done.exit_code, done.output.startswith("No letter: ")) == (0, True), done.output
    done = templates("preview", "--eml", str(tmp_path / "nothing"))
    assert done.exit_code != 0
    assert done.output == "Error: The file cannot be read: No such file or directory.\n"


def test_a_sample_becomes_a_mail(templates: Templates, own: Path, tmp_path: Path) -> None:
    """With a recipient; a gap leaves it without. Never over another file."""
    draft = tmp_path / "draft.eml"
    assert templates("preview", "late", "--draft", str(draft)).exit_code == 0
    made = BytesParser(policy=policy.default).parsebytes(draft.read_bytes())
    assert made["To"] == f"{preview.CUSTOMER.name} <{preview.CUSTOMER.addr}>"
    done = templates("preview", "late", "--draft", str(draft))
    assert done.exit_code == 2
    assert f"Error: {draft} is there already, and is left as it is." in done.output
    assert templates("preview", "late", "--draft", "/dev/null/x").exit_code == 2


@pytest.mark.parametrize("arguments", [[], ["late", "--eml", "x"], ["--eml", "x", "--all"]])
def test_one_thing_is_previewed(templates: Templates, arguments: list[str]) -> None:
    """A letter, or a mail."""
    assert templates("preview", *arguments).exit_code == 2


def test_the_list_knows_every_letter() -> None:
    """And the base of them all."""
    assert set(ANSWERS) == {*LETTERS, BASE.removesuffix(".txt.j2")}
