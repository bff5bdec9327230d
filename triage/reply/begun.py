"""A letter of the owner's own, begun from ours. Pure."""

import re
from collections.abc import Mapping

from triage.reply.source import ORIGINAL, Source

_EXTENDS = re.compile(r'\{%-?\s*extends\s+"([^"]+)"')
_BLOCK = re.compile(r"\{%-?\s*block\s+(\w+)")

_BEGUN = """\
{{% extends "{original}" %}}
{{#
  What stands between block and endblock below comes in place of the original's. {{{{ super() }}}}
  is what the original says there; a block that is not in this file stays as it is.
  The blocks, in the order of the letter:
{blocks}
  Which names you may use, templates/README.md says, and triage templates check.
#}}

{{% block closing %}}
{{{{ super() }}}}
{{% endblock %}}
"""


def blocks(letter: str, found: Mapping[str, Source]) -> tuple[str, ...]:
    """The blocks of one of our letters, in the order in which they stand in it, each once."""
    texts = [found[f"{ORIGINAL}{letter}.txt.j2"].text]
    while above := _EXTENDS.search(texts[0]):
        texts.insert(0, found[ORIGINAL + above[1].removeprefix(ORIGINAL)].text)
    return tuple(dict.fromkeys(name for text in texts for name in _BLOCK.findall(text)))


def begun(letter: str, found: Mapping[str, Source]) -> str:
    """A template that changes one block of ours, and so far says the same."""
    names = "\n".join(f"    {name}" for name in blocks(letter, found))
    return _BEGUN.format(original=f"{ORIGINAL}{letter}.txt.j2", blocks=names)
