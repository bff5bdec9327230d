"""Pages for a browser: one file each, with no reference to anything outside and no script."""

from collections.abc import Callable
from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined


@cache
def _pages() -> Environment:
    folder = resources.files("triage.templates") / "pages"

    def source(name: str) -> str:
        return (folder / name).read_text("utf-8")

    return Environment(
        loader=FunctionLoader(source),
        autoescape=True,  # what stands in a mail is a stranger's
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(name: str, words: dict[str, Callable[..., str]], **values: object) -> str:
    """A page as HTML. `words` are functions it may call; what they return is escaped, too."""
    return _pages().get_template(f"{name}.html.j2").render(**words, **values)
