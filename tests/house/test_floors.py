"""The floors of the house: imports point down, and every foreign module has one home."""

import configparser
import graphlib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from floors import FLOORS, NEIGHBOURS, third_party, violations

ROOT = Path(__file__).parents[2]

# One breach a row: the file it stands in, its source, what the inspector says of it.
BREACHES = [
    ("message/body.py", "from triage.reply import compose", "message (floor 0) imports reply"),
    ("message/body.py", "import triage.cli.table", "message (floor 0) imports cli"),
    ("message/body.py", "from triage import ledger", "message (floor 0) imports ledger"),
    ("message/body.py", "from ..ledger import Ledger", "message (floor 0) imports ledger"),
    ("message/body.py", "from .. import ledger", "message (floor 0) imports ledger"),
    ("origin.py", "def late():\n    import triage.cycle", "origin (floor 1) imports cycle"),
    ("origin.py", "import_module('triage.cycle')", "origin (floor 1) imports cycle"),
    ("daemon.py", "import_module(f'triage.cli.{name}')", "daemon (floor 3) imports cli"),
    ("origin.py", "if TYPE_CHECKING:\n    from triage.cycle import x", "origin (floor 1) imports"),
    ("taxonomy.py", "import triage.errors", "taxonomy (floor 0) imports errors (floor 0)"),
    ("origin.py", "from triage.verdict import Verdict", "origin (floor 1) imports verdict"),
    ("ledger/file.py", "import triage.mailbox", "ledger (floor 2) imports mailbox (floor 2)"),
    ("cycle.py", "from triage.ledger import Ledger", "cycle (floor 2) imports ledger"),
    ("cycle.py", "from triage.orders import book", "cycle (floor 2) imports orders"),
    ("report/a.py", "import triage.learning", "report (floor 3) imports learning (floor 3)"),
    ("daemon.py", "import triage.cli", "daemon (floor 3) imports cli (floor 4)"),
    ("attic.py", "x = 1", "the room attic has no floor"),
    ("cycle.py", "import imapclient", "imapclient has no place in cycle"),
    ("cycle.py", "def late():\n    import sqlite3", "sqlite3 has no place in cycle"),
    (
        "learning/train.py",
        "from sklearn.svm import SVC",
        "sklearn.svm.SVC has no place in learning",
    ),
    ("daemon.py", "import jinja2.sandbox", "jinja2.sandbox has no place in daemon"),
    ("report/page.py", "import click", "click has no place in report"),
    ("origin.py", "import mailparser", "mailparser has no place in origin"),
    ("cli/plot.py", "import matplotlib.figure", "matplotlib.figure has no place in cli"),
    ("reply/draft.py", "import lxml.html", "lxml.html has no place in reply"),
    ("mailbox/login.py", "import requests", "requests has no home in the table"),
    ("classifier/model.py", "import socket", "socket has no place in classifier"),
    ("daemon.py", "import ssl", "ssl has no place in daemon"),
    ("orders/web.py", "from urllib import request", "urllib.request has no place in orders"),
    ("mailbox/web.py", "import http.client", "http.client has no place in mailbox"),
    ("orders/web.py", "import http.client", "http.client has no place in orders"),
    ("orders/web.py", "import asyncio", "asyncio has no place in orders"),
    ("mailbox/send.py", "import smtplib", "smtplib has no place in mailbox"),
    ("mailbox/send.py", "import xmlrpc.client", "xmlrpc.client has no place in mailbox"),
    ("mailbox/send.py", "from ftplib import FTP", "ftplib.FTP has no place in mailbox"),
    ("ledger/file.py", "import logging", "logging has no place in ledger"),
    ("report/send.py", "import subprocess", "subprocess has no place in report"),
    ("report/send.py", "import os\nos.system('sendmail')", "os.system starts a program"),
    ("report/send.py", "import os\nos.execv('x', ())", "os.execv starts a program"),
    ("classifier/model.py", "import pickle", "pickle has no place in classifier"),
    ("classifier/model.py", "from joblib import load", "joblib.load has no place in classifier"),
    ("classifier/model.py", "import marshal", "marshal has no place in classifier"),
    ("classifier/model.py", "eval(text)", "eval() runs code"),
    ("classifier/model.py", "exec(text)", "exec() runs code"),
    ("classifier/model.py", "__import__(name)", "__import__() runs code"),
    ("classifier/model.py", "import_module(name)", "import_module() of a name"),
    ("cli/main.py", "import_module(f'{package}.run')", "import_module() of a name"),
    ("classifier/model.py", "import numpy\nnumpy.load(f, allow_pickle=True)", "allow_pickle"),
    ("classifier/model.py", "import numpy\nnumpy.load(f, allow_pickle=chosen)", "allow_pickle"),
    ("daemon.py", "print('ready')", "print(): only cli speaks"),
    ("daemon.py", "import sys\nsys.stderr.write('ready')", "sys.stderr: only cli speaks"),
    ("verdict.py", "import time", "verdict decides: no time"),
    ("reply/draft.py", "import os.path", "reply decides: no os"),
    ("facts.py", "from datetime import date\ndate.today()", "facts decides: no clock"),
]

KEPT = [
    ("cycle.py", "from triage.reply import Draft\nfrom triage.finding import Desk"),
    ("cycle.py", "from datetime import datetime\ndatetime.now()\nimport time, os"),
    ("message/body.py", "from triage.message.types import Body\nfrom . import types"),
    ("message/body.py", "import mailparser, lxml.html, re\nfrom triage.errors import MessageError"),
    ("verdict.py", "from triage.origin import Origin\nfrom triage import __version__"),
    ("mailbox/connection.py", "import imapclient, socket, ssl, subprocess"),
    ("ledger/file.py", "import sqlite3"),
    ("classifier/model.py", "import numpy\nnumpy.load(f, allow_pickle=False)\nre.compile('x')"),
    ("orders/book.py", "from urllib.parse import quote"),
    ("cli/main.py", "import click, sys\nimport_module(f'triage.cli.{name}')\nprint(sys.stdout)"),
    ("daemon.py", "import socket, triage.cycle, triage.ledger, triage.mailbox"),
    ("__main__.py", "from triage.cli import main"),
]


def lay(package: Path, file: str, source: str) -> Path:
    """A small house: one empty package a room, and one file with a source."""
    for room in ("cli", "ledger", "mailbox", "message", "orders", "reply", "learning"):
        (package / room).mkdir(parents=True)
    for module in ("cycle", "errors", "origin", "verdict", "finding"):
        (package / f"{module}.py").touch()
    (package / file).parent.mkdir(exist_ok=True)
    (package / file).write_text(source)
    return package


def test_the_house_keeps_its_floors() -> None:
    """Imports point down only, foreign modules stay at home, nothing is run that was not read."""
    assert violations(ROOT / "triage") == []


@pytest.mark.parametrize(("file", "source", "said"), BREACHES)
def test_a_breach_is_found(tmp_path: Path, file: str, source: str, said: str) -> None:
    """Each rule goes red: one breach, one violation, with its file and line."""
    (found,) = violations(lay(tmp_path / "triage", file, source))
    assert found.startswith(f"{file}:")
    assert said in found


@pytest.mark.parametrize(("file", "source"), KEPT)
def test_what_is_allowed_is_not_found(tmp_path: Path, file: str, source: str) -> None:
    """The rules forbid no more than they say."""
    assert violations(lay(tmp_path / "triage", file, source)) == []


def test_neighbours_go_in_no_circle() -> None:
    """The exceptions within a floor can still be read from the ground up, and name real rooms."""
    order = graphlib.TopologicalSorter[str]()
    floor = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
    for room, other in NEIGHBOURS:
        assert floor[room] == floor[other]
        order.add(room, other)
    order.prepare()


# The extras that the program itself needs nothing of.
TOOLS = {"fuzz", "test"}


def test_setup_cfg_names_what_is_imported() -> None:
    """The dependencies are those the code imports: none missing, none left over."""
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    extras = setup["options.extras_require"]
    lines = setup["options"]["install_requires"]
    lines += "".join(asked for extra, asked in extras.items() if extra not in TOOLS)
    asked = {line.partition(">")[0].partition("=")[0].strip() for line in lines.split()}
    distributions = packages_distributions()
    used = {name.lower() for top in third_party(ROOT / "triage") for name in distributions[top]}
    assert used == {name.lower() for name in asked}
