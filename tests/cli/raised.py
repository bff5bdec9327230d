"""Every error the code can raise, found in its source: kind, and the facts it comes with."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "triage"
ERRORS = frozenset(
    {
        "MessageError",
        "MailboxError",
        "AppendUnknown",
        "Refusal",
        "AppendRefused",
        "StateError",
        "AccountError",
        "UserError",
        "BadValueError",
    }
)


@dataclass(frozen=True, slots=True)
class Raised:
    """One place in the code. `known` is false where not all facts can be read off the source."""

    kind: str
    facts: frozenset[str]
    where: str
    error: str
    known: bool = True


def raised() -> list[Raised]:
    """All places, in all modules."""
    found: list[Raised] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_bytes())
        where = str(path.relative_to(PACKAGE))
        found += _in_scope(tree, [tree], where)
    return found


def _in_scope(node: ast.AST, scopes: list[ast.AST], where: str) -> Iterator[Raised]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            yield from _in_scope(child, [*scopes, child], where)
            continue
        if isinstance(child, ast.Call) and (error := _error(child, scopes)) and child.args:
            facts, known = _facts(child, scopes)
            kinds = _strings(child.args[0], scopes)
            assert kinds, f"{where}:{child.lineno}: the kind of an error is not to be told"
            for kind in sorted(kinds):
                yield Raised(kind, facts, f"{where}:{child.lineno}", error, known)
        yield from _in_scope(child, scopes, where)


def _error(call: ast.Call, scopes: list[ast.AST]) -> str | None:
    """The class of error a call makes, None when it makes none."""
    match call.func:
        case ast.Name(id=name) if name in ERRORS:
            return name
        case ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr="__init__"):
            bases = [
                base.id
                for scope in scopes
                if isinstance(scope, ast.ClassDef)
                for base in scope.bases
                if isinstance(base, ast.Name) and base.id in ERRORS
            ]
            return bases[0] if bases else None
    return None


def _strings(node: ast.expr, scopes: list[ast.AST]) -> set[str]:
    """The strings an expression can be, as far as its function and its module tell."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.Name(id=name):
            return _union(_assigned(name, scopes), scopes)
        case ast.IfExp(body=one, orelse=other):
            return _union([one, other], scopes)
        case ast.Dict(values=values):
            return _union(values, scopes)
        case ast.Subscript(value=table):
            return _strings(table, scopes)
        case ast.Call(func=ast.Attribute(value=table, attr="get"), args=[_, default]):
            return _union([table, default], scopes)
    raise AssertionError(f"the kind of an error is not to be told: {ast.unparse(node)}")


def _union(nodes: Iterable[ast.expr], scopes: list[ast.AST]) -> set[str]:
    return {text for node in nodes for text in _strings(node, scopes)}


def _assigned(name: str, scopes: list[ast.AST]) -> Iterator[ast.expr]:
    """What is assigned to a name, in the innermost scope that does."""
    for scope in reversed(scopes):
        values = [
            node.value
            for node in ast.walk(scope)
            if isinstance(node, ast.Assign)
            and any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
        ]
        if values:
            yield from values
            return


def _facts(call: ast.Call, scopes: list[ast.AST]) -> tuple[frozenset[str], bool]:
    names: set[str] = set()
    known = True
    for keyword in call.keywords:
        if keyword.arg:
            names.add(keyword.arg)
            continue
        values = (
            list(_assigned(keyword.value.id, scopes)) if isinstance(keyword.value, ast.Name) else []
        )
        known = known and bool(values)
        for value in values:
            if isinstance(value, ast.Dict):
                names |= {key.value for key in value.keys if isinstance(key, ast.Constant)}
            else:
                known = False
    return frozenset(names), known
