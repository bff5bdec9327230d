"""The floors of the house, as a table, and the inspector who walks its imports by syntax tree.

Nothing is imported or run: a file is read, parsed and compared with the tables.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

# From the ground up. A room is a module or package directly under `triage`.
FLOORS = (
    {"message", "taxonomy", "errors", "place"},
    {"account", "order", "origin", "verdict", "facts", "reply", "record"},
    {
        *("cycle", "story", "follow", "reopen", "finding", "fate", "trace", "uids", "event"),
        *("mailbox", "ledger", "classifier", "orders", "config", "pipe", "protocols"),
        "discovery",
    },
    {"daemon", "learning", "report", "demo", "service"},
    {"cli", "__main__"},
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

# Rooms of one floor know nothing of each other, but for these: (who imports, what).
NEIGHBOURS = {
    ("message", "errors"),  # reading raises MessageError
    ("record", "reply"),  # a letter is remembered
    ("verdict", "origin"),  # the classifier's word is weighed with who is writing
    ("facts", "origin"),  # whose name to greet is the writer's
    ("facts", "verdict"),  # who counts as people
    ("reply", "verdict"),  # a letter needs the topic, whom it is for,
    ("reply", "origin"),
    ("reply", "facts"),  # what is known,
    ("reply", "order"),  # and how far the order has got
    ("cycle", "story"),  # who takes part,
    ("cycle", "finding"),  # its deciding,
    ("cycle", "event"),  # what it tells
    ("story", "finding"),
    ("story", "event"),
    ("story", "protocols"),  # and what it needs have files of their own
    ("finding", "protocols"),
    ("cycle", "reopen"),  # what a later mail changes
    ("reopen", "story"),
    ("reopen", "finding"),
    ("reopen", "trace"),
    ("reopen", "protocols"),
    ("cycle", "follow"),  # what becomes of the letters
    ("cycle", "fate"),
    ("follow", "story"),
    ("follow", "event"),
    ("follow", "fate"),
    ("fate", "finding"),
    ("cycle", "trace"),  # what it leaves in the ledger
    ("trace", "finding"),
    ("cycle", "uids"),  # what is listed at all
    ("uids", "finding"),
    ("uids", "protocols"),
    ("event", "finding"),  # what is told is what was found
    ("mailbox", "pipe"),  # a command says the password,
    ("orders", "pipe"),  # and a command the order
    ("discovery", "config"),  # a host that strangers name is checked as the owner's own
    ("daemon", "report"),  # the past is run through to be told
    ("daemon", "learning"),  # after a cycle the owner's lessons are heard
    ("__main__", "cli"),
}

# Modules with a home: imported there, late or not, and nowhere else.
HOMES: dict[str, set[str]] = {
    "imapclient": {"mailbox"},
    "sqlite3": {"ledger"},
    "csv": {"orders"},
    "sklearn": {"classifier"},
    "scipy": {"classifier"},
    "threadpoolctl": {"classifier"},
    "onnxruntime": {"classifier"},
    "tokenizers": {"classifier"},
    "numpy": {"classifier"},
    "matplotlib": {"classifier"},
    "jinja2": {"reply", "report"},
    "click": {"cli"},
    "mailparser": {"message"},
    "lxml": {"message", "discovery"},
    "dns": {"discovery"},
    "tomli_w": {"config"},
    # The network: the mailbox, and the daemon's word to systemd over a local socket.
    "socket": {"mailbox", "daemon"},
    "ssl": {"mailbox", "discovery"},
    # IMAP is all that is spoken, but that `triage init` asks a web server for settings.
    "http": {"discovery"},
    "urllib.request": {"discovery"},
    "urllib.error": set(),
    "imaplib": {"mailbox"},
    # The mailbox of the demonstration, on loopback.
    "pymap": {"demo"},
    "proxyprotocol": {"demo"},
    "asyncio": {"demo"},
    "ftplib": set(),
    "poplib": set(),
    "smtplib": set(),  # P1: there is no SMTP in it
    "socketserver": set(),
    "urllib.robotparser": set(),
    "xmlrpc": set(),
    # P6: loading a model runs no code.
    "copyreg": set(),
    "dbm": set(),
    "joblib": set(),
    "marshal": set(),
    "pickle": set(),
    "runpy": set(),
    "shelve": set(),
    # A log is words for people, and holds no mail: the daemon's is written by cli, the classifier
    # says that it builds its model anew; the others silence the logs of their libraries.
    "logging": {"cli", "classifier", "demo", "message", "mailbox"},
    # Other programs: the password command, the order command, and systemd's own.
    "subprocess": {"mailbox", "orders", "pipe", "service"},
    "pty": set(),
}

# Deciding takes values and returns values: below this floor there is no clock, no chance and
# no environment.
DOING = 2
IMPURE = {"os", "random", "secrets", "tempfile", "threading", "time"}
CLOCKS = {"now", "today", "utcnow"}

FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}
PROGRAMS = ("system", "popen", "posix_spawn", "spawn", "exec", "fork")
THE_PRINTER = "cli"


def violations(package: Path) -> list[str]:
    """What in the package at this path breaks the rules: `FILE:LINE: what`, sorted."""
    found = []
    rooms = {path.stem for path in package.iterdir()}
    for path in package.rglob("*.py"):
        file = path.relative_to(package)
        room = file.parts[0].removesuffix(".py")
        tree = ast.parse(path.read_bytes(), str(file))
        problems = list(_inspect(tree, file, rooms))
        if room not in FLOOR and room != "__init__":
            problems.append((1, f"the room {room} has no floor"))
        found += [f"{file}:{line}: {problem}" for line, problem in problems]
    return sorted(found)


def third_party(package: Path) -> set[str]:
    """The top-level modules the package imports that are neither its own nor Python's."""
    names = {
        name.partition(".")[0]
        for path in package.rglob("*.py")
        for _, name in imported(ast.parse(path.read_bytes(), str(path)), path.relative_to(package))
    }
    return names - sys.stdlib_module_names - {"triage"}


def imported(tree: ast.AST, file: Path) -> Iterator[tuple[int, str]]:
    """Every import of a file, wherever it stands: (line, dotted name, the imported name last)."""
    here = ("triage", *file.parts[:-1])
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                base = ".".join(here[: len(here) - level + 1]) if level else ""
                stem = ".".join(part for part in (base, module) if part)
                yield from ((node.lineno, f"{stem}.{alias.name}") for alias in names)
            case ast.Call() if _called(node) == "import_module" and (name := _named(node)):
                yield node.lineno, name


def _inspect(tree: ast.AST, file: Path, rooms: set[str]) -> Iterator[tuple[int, str]]:
    room = file.parts[0].removesuffix(".py")
    for line, name in imported(tree, file):
        top, _, rest = name.partition(".")
        if top == "triage":
            other = rest.partition(".")[0]
            if other in rooms and (problem := _upward(room, other)):
                yield line, problem
        else:
            yield from ((line, problem) for problem in _astray(room, name))
    for node in ast.walk(tree):
        if isinstance(node, ast.expr):
            yield from ((node.lineno, problem) for problem in _forbidden(room, node))


def _upward(room: str, other: str) -> str | None:
    floor, below = FLOOR.get(room, 0), FLOOR.get(other, 0)
    if room == other or floor > below or (room, other) in NEIGHBOURS:
        return None
    return f"{room} (floor {floor}) imports {other} (floor {below})"


def _astray(room: str, name: str) -> Iterator[str]:
    top = name.partition(".")[0]
    home = next((HOMES[module] for module in HOMES if f"{name}.".startswith(f"{module}.")), None)
    if home is not None and room not in home:
        yield f"{name} has no place in {room}"
    if home is None and top not in sys.stdlib_module_names:
        yield f"{top} has no home in the table"
    if top in IMPURE and _decides(room):
        yield f"{room} decides: no {top}"


def _forbidden(room: str, node: ast.expr) -> Iterator[str]:
    speaks = f"only {THE_PRINTER} speaks to people"
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in FORBIDDEN_CALLS:
            yield f"{name}() runs code that nobody has read"
        case ast.Call(func=ast.Name(id="print" | "input" as name)) if room != THE_PRINTER:
            yield f"{name}(): {speaks}"
        case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCKS and _decides(room):
            yield f"{room} decides: no clock"
        case ast.Call() if _called(node) == "import_module":
            if not _named(node):
                yield "import_module() of a name that is not written here"
        case ast.Call(keywords=keywords):
            for keyword in keywords:
                if keyword.arg == "allow_pickle" and not _is_false(keyword.value):
                    yield "allow_pickle: loading a model runs no code"
        case ast.Attribute(value=ast.Name(id="os"), attr=name) if name.startswith(PROGRAMS):
            yield f"os.{name} starts a program"
        case ast.Attribute(value=ast.Name(id="sys"), attr="stdout" | "stderr" as name):
            if room != THE_PRINTER:
                yield f"sys.{name}: {speaks}"


def _decides(room: str) -> bool:
    return FLOOR.get(room, DOING) < DOING


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _named(node: ast.Call) -> str:
    """What import_module is told to import: a name, or the package of f"triage.room.{name}"."""
    match node.args:
        case [ast.Constant(value=str(name)), *_]:
            return name
        case [ast.JoinedStr(values=[ast.Constant(value=str(name)), *_]), *_] if name.endswith("."):
            return name.rstrip(".")
    return ""


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False
