"""A code and its facts put into words."""

import string
from collections.abc import Mapping, Sequence

from triage.cli.terminal import clean

# In a phrase `{path}` is a fact that is always there; `{why: (%s)}` one that may be missing or
# empty, in the words around it.


class _Facts(string.Formatter):
    """`str.format` over facts, every value made safe for a terminal.

    With a format spec a fact may be missing: then nothing is said.
    """

    def get_value(
        self, key: int | str, args: Sequence[object], kwargs: Mapping[str, object]
    ) -> object:
        return kwargs.get(str(key), "")

    def format_field(self, value: object, format_spec: str) -> str:
        if isinstance(value, tuple | list | frozenset):
            value = ", ".join(map(str, value))
        if format_spec:
            return clean(format_spec % value) if value not in ("", None) else ""
        return clean(value)


def worded(sentences: Mapping[str, str], kind: str, facts: Mapping[str, object]) -> str:
    """The words for a code, the code itself where there are none."""
    return _Facts().vformat(sentences.get(kind, clean(kind)), (), facts)
