"""The order command: real little programs that answer, lie, hang, flood and fall over."""

import json
import os
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from triage.errors import UserError
from triage.order import Command, Match, Mention, Order, OrderStatus
from triage.orders import OrderCommand, process
from triage.orders.answer import orders

ANN = {
    "number": "1043",
    "email": "ann@example.org",
    "name": "Ann Fox",
    "items": ["Blue mug", "Bowl"],
    "ordered": "2026-11-01",
    "shipped": "2026-11-03",
    "delivered": None,
    "carrier": "Royal Mail",
    "tracking": "RM123456785GB",
}
WRITTEN = date(2026, 11, 20)


def command(folder: Path, body: str, *words: str) -> OrderCommand:
    """A program of these lines of Python, which know `question`."""
    path = folder / "orders"
    head = f"#!{sys.executable} -S\nimport json, os, sys, time\nquestion = json.load(sys.stdin)"
    path.write_text(f"{head}\n{body}\n")
    path.chmod(0o700)
    return OrderCommand(Command((str(path), *words)))


def answering(folder: Path, *found: dict[str, object]) -> OrderCommand:
    return command(folder, f"print({json.dumps({'orders': found})!r})")


def kind(error: UserError | None) -> str:
    return error.kind if error else ""


def ask(asked: OrderCommand) -> Match | None:
    return asked.find(Mention(["1043"], "ann@example.org", WRITTEN))


def test_an_order_is_found(tmp_path: Path) -> None:
    """With all it says; the day of asking is the day the book is of."""
    asked = answering(tmp_path, ANN)
    assert asked.renew() is None
    match = ask(asked)
    assert match
    assert match.own
    assert match.order == Order(
        "1043",
        "ann@example.org",
        "Ann Fox",
        ("Blue mug", "Bowl"),
        date(2026, 11, 1),
        date(2026, 11, 3),
        carrier="Royal Mail",
        tracking="RM123456785GB",
    )
    assert match.as_of == datetime.now(UTC).astimezone().date()


def test_what_it_is_asked(tmp_path: Path) -> None:
    """One JSON object on standard input, its arguments as configured, and no shell between."""
    asked = command(
        tmp_path,
        "open(sys.argv[0] + '.seen', 'a').write(json.dumps([sys.argv[1:], question]) + '\\n')\n"
        "print('{\"orders\": []}')",
        "--json",
        "$(id); *",
    )
    assert asked.renew() is None
    assert asked.find(Mention(["1043", "ünï"], "ann@example.org", WRITTEN, ["RM1"])) is None
    assert asked.find(Mention([], "", WRITTEN)) is None  # nothing to ask for
    lines = (tmp_path / "orders.seen").read_text().splitlines()
    assert [json.loads(line) for line in lines] == [
        [["--json", "$(id); *"], {"numbers": [], "tracking": [], "address": "", "written": None}],
        [
            ["--json", "$(id); *"],
            {
                "numbers": ["1043", "ünï"],
                "tracking": ["RM1"],
                "address": "ann@example.org",
                "written": "2026-11-20",
            },
        ],
    ]


def test_a_question_of_any_length_fits(tmp_path: Path) -> None:
    """A mail full of numbers is like any other, and a program may leave the question unread."""
    asked = answering(tmp_path, ANN)
    numbers = ["1043", *(f"{number:0999}" for number in range(500))]
    assert asked.find(Mention(numbers, "ann@example.org", WRITTEN))
    (tmp_path / "orders").write_text(f"#!/bin/sh\necho '{json.dumps({'orders': [ANN]})}'\n")
    assert asked.find(Mention(numbers, "ann@example.org", WRITTEN))


def test_its_environment_holds_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A password in a variable of ours is not passed on; its standard error is nobody's."""
    monkeypatch.setenv("SHOP_PASSWORD", "secret")
    asked = command(
        tmp_path,
        "print('Ann Fox, 1 Mill Lane', file=sys.stderr)\n"
        "sys.exit(0 if not {'SHOP_PASSWORD'} & set(os.environ) and os.environ['PATH'] else 3)",
    )
    assert kind(asked.renew()) == "orders-command-answer"  # which it would not be after a 3
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "lie",
    [
        {"email": "bob@example.org"},
        {"email": None},
        {"email": "ann@example.org, bob@example.org", "number": "1043"},
    ],
)
def test_whose_an_order_is_is_not_its_word(tmp_path: Path, lie: dict[str, object]) -> None:
    """A stranger's order is shown to the owner alone; one of no known address is nobody's."""
    match = ask(answering(tmp_path, ANN | {"own": True} | lie))
    assert match is None or not match.own


def test_orders_that_were_not_asked_for(tmp_path: Path) -> None:
    """Others' orders among them are not looked at; two of one address are too many."""
    others = [ANN | {"number": f"{n}", "email": f"c{n}@example.org"} for n in range(2000, 2300)]
    match = ask(answering(tmp_path, *others, ANN, *others))
    assert match
    assert match.order.number == "1043"
    asked = answering(tmp_path, ANN, ANN | {"number": "1044"})
    assert asked.find(Mention([], "ann@example.org", WRITTEN)) is None
    assert answering(tmp_path).find(Mention(["1043"], "ann@example.org", WRITTEN)) is None


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, OrderStatus.IN_TRANSIT),
        ({"delivered": "2026-11-05T10:00:00Z"}, OrderStatus.DELIVERED),
        ({"shipped": None, "tracking": None}, OrderStatus.NOT_SHIPPED),
        ({"shipped": "", "tracking": ""}, OrderStatus.NOT_SHIPPED),
        ({"cancelled": True}, OrderStatus.UNKNOWN),
        ({"cancelled": "2026-11-04"}, OrderStatus.UNKNOWN),
        ({"cancelled": False}, OrderStatus.IN_TRANSIT),
        ({"status": "partially shipped"}, OrderStatus.UNKNOWN),
        ({"number": 1043}, OrderStatus.IN_TRANSIT),
    ],
)
def test_how_far_an_order_is(
    tmp_path: Path, change: dict[str, object], status: OrderStatus
) -> None:
    """As in a file: null is not shipped, and a word or a mark can leave it unknown."""
    match = ask(answering(tmp_path, ANN | change))
    assert match
    assert match.order.status is status


def test_a_day_of_shipping_that_is_not_told_of(tmp_path: Path) -> None:
    """No such key is not the same as null."""
    silent = {key: ANN[key] for key in ("number", "email")}
    match = ask(answering(tmp_path, silent))
    assert match
    assert match.order.status is OrderStatus.UNKNOWN


def test_texts_of_every_kind(tmp_path: Path) -> None:
    """What cannot be printed is a blank; the rest is as it was, and not without end."""
    odd = {"name": "Zoë\0\u202e Łuk\r\nasz \ud800", "items": ["x" * 9999, "", "茶碗"]}
    match = ask(answering(tmp_path, ANN | odd))
    assert match
    assert match.order.name == "Zoë Łuk asz"
    assert match.order.items == ("x" * 200, "茶碗")


@pytest.mark.parametrize(
    ("said", "where"),
    [
        (b"", ""),
        (b"no such order", ""),
        (b"\xff\xfe", ""),
        (b'{"orders": [', ""),
        (b"[" * 100_000, ""),
        (b"[]", ""),
        (b"null", ""),
        (b"{}", "orders"),
        (b'{"orders": null}', "orders"),
        (b'{"orders": {"1043": {}}}', "orders"),
        (b'{"orders": [7]}', "orders[0]"),
        (b'{"orders": [{}]}', "orders[0].number"),
        (b'{"orders": [{"number": " # "}]}', "orders[0].number"),
        (b'{"orders": [{"number": 1.5}]}', "orders[0].number"),
        (b'{"orders": [{"number": "1"}, {"number": ["1"]}]}', "orders[1].number"),
        (b'{"orders": [{"number": "1", "email": {}}]}', "orders[0].email"),
        (b'{"orders": [{"number": "1", "email": "nobody"}]}', "orders[0].email"),
        (b'{"orders": [{"number": "1", "items": "mug"}]}', "orders[0].items"),
        (b'{"orders": [{"number": "1", "items": [["mug"]]}]}', "orders[0].items"),
        (b'{"orders": [{"number": "1", "shipped": "3/11/26"}]}', "orders[0].shipped"),
        (b'{"orders": [{"number": "1", "shipped": 1790000000}]}', "orders[0].shipped"),
        (b'{"orders": [{"number": "1", "shipped": "0000-00-00"}]}', "orders[0].shipped"),
        (b'{"orders": [{"number": "1", "status": "abgeschickt"}]}', "orders[0].status"),
        (b'{"orders": [{"number": ' + b"1" * 5000 + b"}]}", ""),
    ],
)
def test_answers_that_are_none(said: bytes, where: str) -> None:
    """Refused as a whole, with the place and without a word of theirs."""
    with pytest.raises(UserError) as caught:
        orders(said, "/bin/orders")
    assert (caught.value.kind, caught.value.facts) == (
        "orders-command-answer",
        {"command": "/bin/orders", "where": where},
    )


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("sys.exit(1)", "orders-command-failed"),
        ("os.kill(os.getpid(), 9)", "orders-command-failed"),
        ("raise ValueError(question)", "orders-command-failed"),
        ("print('no such order')", "orders-command-answer"),
        ("while True: print('x' * 65536)", "orders-command-large"),
        ("print('x' * 100_000_000)", "orders-command-large"),
    ],
)
def test_programs_that_fail(tmp_path: Path, body: str, wanted: str) -> None:
    """No order, told of once, and no longer than it takes."""
    asked = command(tmp_path, body)
    assert ask(asked) is None
    assert kind(asked.renew()) == wanted
    assert asked.renew() is None
    assert asked.renew() is None


def test_a_program_that_cannot_be_run(tmp_path: Path) -> None:
    """It is not there, or is no program: said by check, and once by the log."""
    for path in (tmp_path / "none", tmp_path):
        asked = OrderCommand(Command((str(path),)))
        assert kind(asked.renew()) == "orders-command-missing"
        assert asked.renew() is None


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and not been waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc")
@pytest.mark.parametrize("body", ["time.sleep(60)", "os.close(1); time.sleep(60)", "sys.exit(0)"])
def test_a_program_that_hangs_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    """Whether it prints, closes its output, or leaves a child behind that holds it open."""
    monkeypatch.setattr(process, "SECONDS", 1.0)
    asked = command(
        tmp_path,
        "child = os.fork()\n"
        "if not child: time.sleep(60)\n"
        f"open(sys.argv[0] + '.pids', 'w').write(f'{{os.getpid()}} {{child}}')\n{body}",
    )
    begun = time.monotonic()
    assert ask(asked) is None
    assert time.monotonic() - begun < 10
    pids = [int(pid) for pid in (tmp_path / "orders.pids").read_text().split()]
    assert len(pids) == 2
    end = time.monotonic() + 10
    while any(map(alive, pids)) and time.monotonic() < end:
        os.sched_yield()
    assert not any(map(alive, pids))
    assert kind(asked.renew()) == "orders-command-slow"


def test_after_three_failures_it_is_left_alone(tmp_path: Path) -> None:
    """Until the next look, at which it may work again: what hangs costs five seconds a time."""
    asked = command(tmp_path, "open(sys.argv[0] + '.asked', 'a').write('x')\nsys.exit(1)")
    for _ in range(9):
        assert ask(asked) is None
    assert (tmp_path / "orders.asked").read_text() == "xxx"
    assert kind(asked.renew()) == "orders-command-failed"
    assert ask(asked) is None
    assert (tmp_path / "orders.asked").read_text() == "xxxx"  # the look itself
    asked = answering(tmp_path, ANN)
    assert asked.renew() is None
    assert ask(asked)


def test_a_failure_among_successes_is_told(tmp_path: Path) -> None:
    """A mail that it cannot answer hides nothing of the others; and it is told again when it
    fails again."""
    found = json.dumps({"orders": [ANN]})
    asked = command(tmp_path, f"sys.exit(1) if '13' in question['numbers'] else print({found!r})")
    assert asked.renew() is None
    for _ in range(2):
        assert asked.find(Mention(["13"], "x@example.org", WRITTEN)) is None
        assert ask(asked)
        assert kind(asked.renew()) == "orders-command-failed"
        assert asked.renew() is None
