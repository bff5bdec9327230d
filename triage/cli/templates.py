"""`triage templates`: the letters, ours and the owner's: seen, begun, checked and tried out."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from triage.cli.cases import answers
from triage.cli.faults import fault, meant
from triage.cli.newfile import write_new
from triage.cli.options import Options
from triage.cli.setting import configuration_if_any
from triage.cli.terminal import clean, count, say
from triage.config import Config
from triage.errors import UserError
from triage.reply.cases import CASES, LETTERS

LANGUAGE = "en"
EVERY = "reply"  # the base of all letters
# Of a letter with several rows the last is the widest.
ANSWERS = {case.letter: answers(case) for case in CASES} | {EVERY: "the base of every letter"}


class Letter(click.Choice[str]):
    """The name of a letter."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.choices:
            near = meant(value, self.choices)
            there = ", ".join(self.choices)
            self.fail(f"There is no letter {clean(value)}{near} There are: {there}.", param, ctx)
        return value


def _letter(*, base: bool, required: bool = True) -> Callable[[Any], Any]:
    names = [*map(str, LETTERS), *[EVERY] * base]
    return click.argument("letter", metavar="LETTER", type=Letter(names), required=required)


_folder = click.option(
    "--folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The folder of your own letters. [default: templates in the configuration]",
)


def _config(options: Options, folder: Path | None) -> Config:
    config = configuration_if_any(options)
    return replace(config, templates=folder.absolute()) if folder else config


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """See the letters, and make them your own.

    LETTER is a name that `list` shows, or "reply" for what all letters have in common. Your own
    letters lie in the folder that templates names in the configuration, or in --folder.

    Exit status: 0, or 2 when a letter cannot be used or there is no such letter.

    \b
    Examples:
      triage templates list
      triage templates preview late
      triage templates new late
      triage templates check
    """


@command.command("list")
@_folder
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a letter, one a line.")
@click.pass_obj
def list_(options: Options, folder: Path | None, *, as_json: bool) -> None:
    """List the letters, what each answers, and which are yours.

    \b
    Example:
      triage templates list --json
    """
    from triage.reply.source import sources  # noqa: PLC0415 (Jinja2, which `--help` does without)

    own = _config(options, folder).templates
    found, wrong = sources(own, LANGUAGE)
    _refuse(wrong, own)
    read = {source.file for source in found.values()} | {each.file for each in wrong}
    width = max(map(len, ANSWERS))
    for letter, what in ANSWERS.items():
        path = _path(own, letter) if own else None
        yours = path if path and str(path) in read else None
        if as_json:
            row = {"letter": letter, "answers": what, "own": yours is not None}
            say(json.dumps(row | {"file": str(yours or found[f"{letter}.txt.j2"].file)}))
        else:
            whose = f"yours, {clean(yours)}" if yours else "ours"
            say(f"{letter:<{width}}  {what}  ({whose})")


@command.command
@_letter(base=True)
@_folder
@click.option("--original", is_flag=True, help="The one that triage brings, as it is written.")
@click.pass_obj
def show(options: Options, letter: str, folder: Path | None, *, original: bool) -> None:
    """Print a letter's template: yours, else ours in your voice.

    \b
    Example:
      triage templates show late
    """
    from triage.reply.source import sources  # noqa: PLC0415 (Jinja2, which `--help` does without)

    config = _config(options, folder)
    own, voice = (None, None) if original else (config.templates, config.shop.voice)
    found, wrong = sources(own, LANGUAGE, voice)
    _refuse(wrong, own, letter)
    say(clean(found[f"{letter}.txt.j2"].text.rstrip(), lines=True))


@command.command
@_letter(base=True)
@_folder
@click.option("--full", is_flag=True, help="All of ours, in your voice, in place of one block.")
@click.pass_obj
def new(options: Options, letter: str, folder: Path | None, *, full: bool) -> None:
    """Begin a letter of your own, one block of ours to change.

    It is written into en/LETTER.txt.j2 in the folder of your own letters. Nothing that is there
    already is touched.

    \b
    Example:
      triage templates new late
    """
    from triage.reply.begun import begun  # noqa: PLC0415 (Jinja2, which `--help` does without)
    from triage.reply.source import ORIGINAL, sources  # noqa: PLC0415 (the same)

    configured = configuration_if_any(options)
    config = _config(options, folder)
    if config.templates is None:
        raise UserError("no-templates-folder", path=config.path)
    found, _ = sources(None, LANGUAGE, config.shop.voice)
    text = found[f"{ORIGINAL}{letter}.txt.j2"].text if full else begun(letter, found)
    path = _path(config.templates, letter)
    write_new(path, text.encode())
    say(f"{clean(path)} is written. What to do next:")
    if configured.templates != config.templates:
        where = clean(config.path) if config.path else "the configuration"
        say(f"  write into {where}, below [shop]: templates = {json.dumps(str(config.templates))}")
    say("  change the file in an editor")
    again = f" --folder {clean(folder)}" if folder else ""
    say(f"  triage templates check{again}")
    if letter != EVERY:
        say(f"  triage templates preview {letter}{again}")


@command.command
@_folder
@click.pass_obj
def check(options: Options, folder: Path | None) -> None:
    """Try all letters, and say what is wrong in yours.

    Told are the file, the line, and what to mend. A letter that would embarrass you is refused, on
    its tone there is advice; triage check does the same.

    \b
    Example:
      triage templates check
    """
    from triage.reply.letters import Letters  # noqa: PLC0415 (Jinja2, which `--help` does without)

    config = _config(options, folder)
    letters = Letters.load(config.templates, voice=config.shop.voice)
    if config.templates is None:
        say("No letter is yours: those of triage are in use, and are without fault.")
        return
    own = config.templates / LANGUAGE
    yours = count(sum(_path(config.templates, letter).is_file() for letter in ANSWERS), "file")
    say(f"{clean(own)}: {yours} of yours, no fault")
    if letters.advice:
        say("\n".join(["Advice:", *map(fault, letters.advice)]))


@command.command
@_letter(base=False, required=False)
@_folder
@click.option("--all", "every", is_flag=True, help="Every wording that the letter can have.")
@click.option("--eml", metavar="FILE", help="A mail to answer, in place of a sample.")
@click.option(
    "--draft", type=click.Path(path_type=Path), metavar="FILE", help="Write it as a mail."
)
@click.pass_obj
def preview(
    options: Options,
    letter: str | None,
    folder: Path | None,
    eml: str | None,
    draft: Path | None,
    *,
    every: bool,
) -> None:
    """Show a letter as your customer would get it.

    It is made for a sample of each case that it answers, with all known and what your shop allows,
    or for a mail in a file. Below it stands which case that was. With --draft the first letter is
    written to a file as well, as your mail program would find it in Drafts.

    \b
    Examples:
      triage templates preview late
      triage templates preview --eml mail.eml --draft answer.eml
    """
    if (letter is None) == (eml is None):
        raise click.UsageError("Name a LETTER, or a mail with --eml FILE.")
    if every and eml:
        raise click.UsageError("--all shows the wordings of a LETTER; with --eml there is one.")
    from triage.cli.preview import of_mail, samples, show_all  # noqa: PLC0415 (all of deciding)

    config = _config(options, folder)
    shown = of_mail(config, eml) if eml else samples(config, letter or "", every=every)
    show_all(shown, draft)


def _path(own: Path, letter: str) -> Path:
    return own / LANGUAGE / f"{letter}.txt.j2"


def _refuse(wrong: list[Any], own: Path | None, letter: str = "") -> None:
    """What keeps the folder from being looked into, and what is wrong with one letter's file."""
    fatal = {str(own), str(own and own / LANGUAGE), str(own and _path(own, letter))}
    if faults := tuple(each for each in wrong if each.file in fatal):
        raise UserError("templates-faulty", faults=faults)
