"""The daemon as systemd and its owner see it: notices, signals, a second one, servers that fail."""

import os
import signal
import time
from pathlib import Path

import pytest
from path.letters import CUP, JAR, THANKS, TOWEL, letter
from path.program import Running, configure, triage, until
from servers.dovecot import Dovecot
from servers.fake import Dialog, Fake

OTHER = """
[accounts.studio]
address = "studio@shop.example"
host = "localhost"
port = {port}
user = "{user}"
password_file = "{password_file}"
ca_file = "{ca_file}"
"""


def test_systemd_hears_of_a_life(dovecot: Dovecot, tmp_path: Path) -> None:
    """READY, the watchdog fed, a status line with the drafts of the day, STOPPING; status 0."""
    path = configure(tmp_path, dovecot, "life")
    owner = dovecot.owner("life")
    owner.deliver("INBOX", letter(CUP))
    with Running(path, WATCHDOG_USEC="400000") as running:
        running.hears("READY=1")
        running.hears("1 draft today")
        for _ in range(3):
            running.hears("WATCHDOG=1")
        assert running.ends(signal.SIGTERM)[0] == 0
        running.hears("STOPPING=1")
    assert len(owner.mails("Drafts")) == 1
    owner.close()


def test_second_daemon_is_told_who_runs(dovecot: Dovecot, tmp_path: Path) -> None:
    """One state folder, one program: the process that holds it is named."""
    path = configure(tmp_path, dovecot, "second")
    with Running(path) as running:
        running.hears("READY=1")
        for command in ("run", "once"):
            done = triage(path, command)
            assert done.returncode == 75
            assert str(running.process.pid) in done.stderr
            assert "Traceback" not in done.stderr


def test_mail_is_answered_within_seconds(dovecot: Dovecot, tmp_path: Path) -> None:
    """IDLE, not the poll: the poll is an hour away."""
    path = configure(tmp_path, dovecot, "idle", 'poll = "1 hour"')
    owner = dovecot.owner("idle")
    with Running(path) as running:
        running.hears("STATUS=1 account, last cycle")
        for number, text in enumerate((CUP, THANKS, JAR), 1):
            owner.deliver("INBOX", letter(text))
            expected = {1: 1, 2: 1, 3: 2}[number]
            until(lambda n=expected: len(owner.mails("Drafts")) == n, text.name, 20)  # type: ignore[misc]
    owner.close()


def test_reload_keeps_the_old_configuration_when_the_new_is_faulty(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    """SIGHUP with a fault: said, and the daemon goes on; mended: two accounts from now on."""
    path = configure(tmp_path, dovecot, "reload")
    good = path.read_text()
    owner, other = dovecot.owner("reload"), dovecot.owner("reload2")
    with Running(path) as running:
        running.hears("READY=1")
        path.write_text(good.replace("port", "prot"))
        running.process.send_signal(signal.SIGHUP)
        running.hears("READY=1")
        until(lambda: "accounts.shop.prot" in running.log.read_text(), "the fault in the log")
        owner.deliver("INBOX", letter(CUP))
        until(lambda: len(owner.mails("Drafts")) == 1, "the old account goes on", 20)
        second = OTHER.format(
            port=dovecot.tls_port,
            user="reload2",
            password_file=dovecot.password_file,
            ca_file=dovecot.ca_file,
        )
        path.write_text(good + second)
        other.deliver("INBOX", letter(TOWEL, to="studio@shop.example"))
        running.process.send_signal(signal.SIGHUP)
        until(lambda: len(other.mails("Drafts")) == 1, "the new account", 20)
        running.hears("STATUS=2 accounts")
        assert running.ends(signal.SIGTERM)[0] == 0
    owner.close()
    other.close()


def test_one_account_stops_the_other_goes_on(dovecot: Dovecot, tmp_path: Path) -> None:
    """A wrong password stops its own account, loudly; `status` says so, and the rest is served."""
    path = configure(tmp_path, dovecot, "goeson")
    wrong = tmp_path / "wrong"
    wrong.touch(0o600)
    wrong.write_text("hunter2\n")
    stopped = OTHER.format(
        port=dovecot.tls_port, user="stopped", password_file=wrong, ca_file=dovecot.ca_file
    )
    path.write_text(path.read_text() + stopped)
    owner = dovecot.owner("goeson")
    with Running(path) as running:
        running.hears("READY=1")
        until(lambda: "studio: STOPPED" in running.log.read_text(), "the stop is told")
        owner.deliver("INBOX", letter(CUP))
        until(lambda: len(owner.mails("Drafts")) == 1, "the other account goes on", 20)
        assert running.ends(signal.SIGTERM)[0] == 0
    status = triage(path, "status")
    assert status.returncode != 0
    assert "studio" in status.stdout
    assert "hunter2" not in status.stdout + running.log.read_text()
    owner.close()


def test_server_killed_and_back(own_dovecot: Dovecot, tmp_path: Path) -> None:
    """The server dies in the middle of IDLE: no spin, few tries, and then on it goes."""
    path = configure(tmp_path, own_dovecot, "killed")
    with Running(path) as running:
        running.hears("STATUS=1 account, last cycle")
        before = running.cpu()
        own_dovecot.kill()
        until(lambda: "Next try in" in running.log.read_text(), "the failure is told", 20)
        own_dovecot.start()
        owner = own_dovecot.owner("killed")
        owner.deliver("INBOX", letter(CUP))
        until(lambda: len(owner.mails("Drafts")) == 1, "served again", 40)
        assert running.log.read_text().count("Next try in") <= 4
        assert running.cpu() - before < 2.0
        assert running.ends(signal.SIGTERM)[0] == 0
    owner.close()


@pytest.mark.parametrize("where", ["LOGIN", "SELECT", "UID SEARCH", "IDLE"])
def test_black_hole_does_not_hold_up_the_end(dovecot: Dovecot, tmp_path: Path, where: str) -> None:
    """The server falls silent in the middle of a command: SIGTERM still ends all within 5 s."""
    silent = []

    def hole(dialog: Dialog) -> None:
        if where == "IDLE":
            dialog.send(b"+ idling\r\n")
        silent.append(where)
        dialog.silence()

    fake = Fake({where: hole})
    path = configure(tmp_path, dovecot, "hole", 'security = "none"')
    path.write_text(path.read_text().replace(str(dovecot.tls_port), str(fake.port)))
    try:
        with Running(path) as running:
            running.hears("READY=1")
            until(lambda: bool(silent), f"silence at {where}", 20)
            status, seconds = running.ends(signal.SIGTERM)
            assert (status, seconds < 5) == (0, True)
    finally:
        fake.close()


def test_log_that_is_closed_stops_no_account(dovecot: Dovecot, tmp_path: Path) -> None:
    """Whoever read standard error has gone: complaints are answered all the same."""
    path = configure(tmp_path, dovecot, "closedlog")
    owner = dovecot.owner("closedlog")
    reading, writing = os.pipe()
    with Running(path, log=writing) as running:
        os.close(writing)
        running.hears("READY=1")
        os.close(reading)
        for number, text in enumerate((CUP, JAR), 1):
            owner.deliver("INBOX", letter(text))
            until(lambda n=number: len(owner.mails("Drafts")) == n, text.name, 20)  # type: ignore[misc]
        assert running.ends(signal.SIGTERM)[0] == 0
    owner.close()


def test_hangup_before_it_is_ready(dovecot: Dovecot, tmp_path: Path) -> None:
    """SIGHUP while letters and model are loaded: the configuration is read again, nothing dies."""
    path = configure(tmp_path, dovecot, "hup")
    with Running(path) as running:
        until(lambda: running.catches(signal.SIGHUP), "its handlers")
        running.process.send_signal(signal.SIGHUP)
        running.hears("READY=1")
        assert running.ends(signal.SIGTERM)[0] == 0


def test_server_that_always_has_news_is_asked_once_a_second(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    """Every IDLE ends at once with an EXISTS: no spin."""

    def news(dialog: Dialog) -> None:
        dialog.send(b"+ idling\r\n* 3 EXISTS\r\n")
        dialog.readline()  # DONE
        dialog.send(b"TAG OK .\r\n")

    fake = Fake({"IDLE": news})
    path = configure(tmp_path, dovecot, "news", 'security = "none"')
    path.write_text(path.read_text().replace(str(dovecot.tls_port), str(fake.port)))
    try:
        with Running(path) as running:
            running.hears("READY=1")
            until(lambda: len(fake.said("IDLE")) >= 1, "the first IDLE", 20)
            begin = time.monotonic()
            until(lambda: len(fake.said("IDLE")) >= 5, "four more", 20)
            assert time.monotonic() - begin > 3.0
    finally:
        fake.close()
