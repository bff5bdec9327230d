"""What a template may say: text, names, conditions, blocks, and `ask("…")`.

A template is a letter and no program. Without loops, assignments, filters, arithmetic, attributes
and calls it can reach nothing, always ends, and is never longer than its own text.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import nodes

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.CondExpr,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Compare,
    nodes.Operand,
    nodes.Block,
    nodes.Extends,
)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A fault in a template: the file, the line (0: the file as a whole), a code and what it is
    about (a name, a phrase, the parser's message). `there` are the names it could have been."""

    file: str
    line: int
    kind: str
    about: str
    there: tuple[str, ...] = ()


def _asked(call: nodes.Call) -> bool:
    """Whether a call is `ask("one line of text")`."""
    match call:
        case nodes.Call(
            node=nodes.Name(name="ask"),
            args=[nodes.Const(value=str(what))],
            kwargs=[],
            dyn_args=None,
            dyn_kwargs=None,
        ):
            return what.isprintable() and what.strip() != "" and not set(what) & set("[]")
    return False


def _is_super(call: nodes.Call) -> bool:
    match call:
        case nodes.Call(
            node=nodes.Name(name="super"), args=[], kwargs=[], dyn_args=None, dyn_kwargs=None
        ):
            return True
    return False


def _walk(
    node: nodes.Node, names: Collection[str], supers: Counter[str], block: str
) -> Iterator[Fault]:
    if isinstance(node, nodes.Call):
        if _is_super(node):
            # One for each block: two would double the letter at every level.
            supers[block] += 1
            if supers[block] > 1:
                yield Fault("", node.lineno, "not-allowed", "a second super()")
        elif not _asked(node):
            yield Fault("", node.lineno, "not-allowed", "call")
        return
    if not isinstance(node, _ALLOWED):
        # Jinja gives some nodes no line, whatever their type says.
        yield Fault("", node.lineno or 0, "not-allowed", type(node).__name__.lower())
        return
    if isinstance(node, nodes.Name) and node.name not in names:
        yield Fault("", node.lineno, "unknown-name", node.name, tuple(names))
    inside = node.name if isinstance(node, nodes.Block) else block
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Extends) and not isinstance(node, nodes.Template):
            yield Fault("", child.lineno, "not-allowed", "extends")
        else:
            yield from _walk(child, names, supers, inside)


def _parent(tree: nodes.Template) -> tuple[str | None, int]:
    """The template a template extends, and the line. None when it extends none; "" when it says
    which in any way but as one plain text."""
    for node in tree.body:
        match node:
            case nodes.Extends(template=nodes.Const(value=str(name))):
                return name, node.lineno
            case nodes.Extends():
                return "", node.lineno
    return None, 0


def _stray(tree: nodes.Template, known: Collection[str]) -> Iterator[Fault]:
    """In a template that extends another: what stands where it is never shown."""
    for node in tree.body:
        if isinstance(node, nodes.Block):
            if node.name not in known:
                yield Fault("", node.lineno, "unknown-block", node.name, tuple(sorted(known)))
        elif isinstance(node, nodes.Output):
            for text in node.nodes:
                if not isinstance(text, nodes.TemplateData):
                    yield Fault("", text.lineno, "outside-blocks", "")
                elif said := text.data.lstrip():
                    above = text.data[: -len(said)].count("\n")
                    yield Fault("", text.lineno + above, "outside-blocks", "")
        elif not isinstance(node, nodes.Extends):
            yield Fault("", node.lineno, "outside-blocks", "")


def chain(name: str, trees: Mapping[str, nodes.Template | None]) -> Iterator[str]:
    """A template without fault, and those it extends, one above the other."""
    above: str | None = name
    while above is not None:
        yield above
        tree = trees[above]
        above = _parent(tree)[0] if tree else None


def faults(
    name: str, trees: Mapping[str, nodes.Template | None], names: Collection[str]
) -> Iterator[Fault]:
    """The faults of one template; `file` is left "" for the caller.

    `trees` are all templates by name, None where one could not be parsed; `names` those a template
    may use. Raises RecursionError on nesting beyond all measure.
    """
    tree = trees[name]
    if tree is None:
        return
    yield from _walk(tree, names, Counter(), "")
    blocks: set[str] = set()
    seen = {name}
    above, line = _parent(tree)
    if above is None:
        return
    while above is not None:
        if above in seen:
            yield Fault("", line, "extends-itself", above)
            return
        if above not in trees:
            yield Fault("", line, "unknown-template", above, tuple(sorted(trees)))
            return
        seen.add(above)
        if (higher := trees[above]) is None:
            return
        blocks |= {block.name for block in higher.find_all(nodes.Block)}
        above, _ = _parent(higher)
    yield from _stray(tree, blocks)
