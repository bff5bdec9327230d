"""A private Dovecot: real IMAP on loopback, as root or as an ordinary user, plain and with TLS.

Every user name exists, with the password "secret" and a Maildir of its own. The program comes from
$PATH or /usr/sbin, or from a tree made with `dpkg -x`, named by $TRIAGE_DOVECOT_ROOT.
"""

import grp
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from imapclient import IMAPClient

from servers.certificates import Authority
from servers.ways import Ways
from triage.account import Account, PasswordFrom, Security
from triage.message import Address

PASSWORD = "secret"
# Compiled into the programs: the folder of the libraries, modules and helpers, and the reader of
# the configuration.
FOLDER, READER = b"/usr/lib/dovecot", b"/usr/bin/doveconf"

COMMON = """
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/dovecot.log
listen = 127.0.0.1
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
first_valid_uid = 1
auth_failure_delay = 0
auth_mechanisms = plain login
ssl = yes
mail_fsync = never
mail_max_userip_connections = 100
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Drafts {{
    auto = subscribe
    special_use = \\Drafts
  }}
  mailbox Sent {{
    auto = subscribe
    special_use = \\Sent
  }}
  mailbox Trash {{
    auto = subscribe
    special_use = \\Trash
  }}
  mailbox Junk {{
    auto = create
    special_use = \\Junk
  }}
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  {without_end}
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""
V23 = """
import_environment = TZ LD_LIBRARY_PATH
protocols = imap
disable_plaintext_auth = no
ssl_cert = <{chain}
ssl_key = <{key}
mail_location = maildir:~/Maildir
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={mail} gid={mail_group} home={base}/mail/%n
}}
"""
V24 = """
import_environment {{
  LD_LIBRARY_PATH = %{{env:LD_LIBRARY_PATH}}
}}
protocols = imap
auth_allow_cleartext = yes
ssl_server_cert_file = {chain}
ssl_server_key_file = {key}
mail_driver = maildir
mail_path = ~/Maildir
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    uid = {mail}
    gid = {mail_group}
    home = {base}/mail/%{{user | username}}
  }}
}}
"""

# So much room a user has.
QUOTA23 = """
mail_plugins = quota
plugin {{
  quota = count:User quota
  quota_vsizes = yes
  quota_grace = 0
  quota_rule = *:storage={room}
}}
"""
QUOTA24 = """
mail_plugins {{
  quota = yes
}}
quota_storage_size = {room}
quota_storage_grace = 0
quota "User quota" {{
}}
"""


class NoDovecotError(Exception):
    """There is no Dovecot to be run."""


class Dovecot:
    """One instance in a folder of its own. `start` waits until it answers. Each user has so much
    `room`, "20K", and else no end of it."""

    ways = Ways()
    renumbers: tuple[str, ...] = ("INBOX", "Drafts")  # what `renumber` can do it with

    def __init__(self, extra: str = "", *, room: str = "") -> None:
        self.base = Path(tempfile.mkdtemp(prefix="triage-dovecot-"))
        self.base.chmod(0o755)  # as root, mail is read by nobody
        self._links: list[Path] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._program, self._environment = self._installed()
        authority = Authority(self.base / "certificates")
        self.authority, self.ca_file = authority, authority.ca_file
        self.port, self.tls_port = free_port(), free_port()
        self.config = self.base / "dovecot.conf"
        if room:
            extra += (QUOTA23 if self._numbers() < (2, 4) else QUOTA24).format(room=room)
        self.config.write_text(self._config() + extra)
        self.password_file = self.base / "password"
        self.password_file.touch(0o600)
        self.password_file.write_text(PASSWORD + "\n")

    def start(self) -> "Dovecot":
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if self._process is None or self._process.poll() is not None:
                # Children of one that was stopped may be there still, and keep the next out.
                self.kill()
                self._process = self._begun()
            try:
                with socket.create_connection(("127.0.0.1", self.port), 5) as there:
                    if there.recv(4) == b"* OK":
                        return self
            except OSError:
                time.sleep(0.01)
        self.kill()
        raise NoDovecotError(f"Dovecot does not start:\n{self.log()}")

    def _begun(self) -> subprocess.Popen[bytes]:
        with (self.base / "stderr.log").open("ab") as errors:
            return subprocess.Popen(
                [*self._program, "-F", "-c", str(self.config)],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,  # a group of its own, to be killed whole
            )

    def stop(self) -> None:
        """As an administrator stops it: every connection ends with a BYE."""
        if self._process:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def kill(self) -> None:
        """As a power cut stops it: the kernel resets the connections."""
        if self._process:
            with suppress(ProcessLookupError):  # it ended by itself
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(20)
            self._process = None

    def remove(self) -> None:
        self.kill()
        for link in self._links:
            link.unlink()
        shutil.rmtree(self.base)

    def log(self) -> str:
        logs = (self.base / "stderr.log", self.base / "dovecot.log")
        return "\n".join(path.read_text(errors="replace") for path in logs if path.exists())

    def account(self, user: str, security: Security = Security.TLS, **changes: object) -> Account:
        """The account of a user as the configuration would give it."""
        values: dict[str, object] = {
            "name": user,
            "addresses": (Address("The Owner", f"{user}@shop.example"),),
            "host": "localhost",
            "port": self.tls_port if security is Security.TLS else self.port,
            "security": security,
            "user": user,
            "password": PasswordFrom(file=self.password_file),
            "ca_file": self.ca_file,
        }
        return Account(**{**values, **changes})  # type: ignore[arg-type]

    def owner(self, user: str) -> "Owner":
        """Another client of the same user, which shares no code with the program."""
        return Owner("127.0.0.1", self.port, user)

    def maildir(self, user: str) -> Path:
        return self.base / "mail" / user / "Maildir"

    def renumber(self, user: str, folder: str) -> None:
        """Its lists are lost in a crash: another UIDVALIDITY, and UIDs from 1 on."""
        self.kill()
        where = self.maildir(user) / ("" if folder == "INBOX" else f".{folder}")
        for path in (*where.glob("dovecot-uidlist*"), *where.glob("dovecot.index*")):
            path.unlink()
        self.start()

    def version(self) -> str:
        return "Dovecot " + ".".join(map(str, self._numbers()))

    def _config(self) -> str:
        root = os.getuid() == 0
        user = pwd.getpwuid(os.getuid()).pw_name
        group = grp.getgrgid(os.getgid()).gr_name
        certificate = self.authority.certificate("server")
        version = self._numbers()
        head = "" if version < (2, 4) else V24_HEAD.format(version=".".join(map(str, version)))
        values = {
            "base": self.base,
            "internal": "dovecot" if root and _exists("dovecot") else user,
            "internal_group": "dovecot" if root and _exists("dovecot") else group,
            "login": "dovenull" if root and _exists("dovenull") else user,
            "mail": "nobody" if root else user,
            "mail_group": "nogroup" if root else group,
            "port": self.port,
            "tls_port": self.tls_port,
            "chain": certificate.chain,
            "key": certificate.key,
            "password": PASSWORD,
            "without_end": (
                "service_count = 0" if version < (2, 4) else "restart_request_count = unlimited"
            ),
        }
        mail = self.base / "mail"
        mail.mkdir()
        if root:
            shutil.chown(mail, "nobody", "nogroup")
        return head + (COMMON + (V23 if version < (2, 4) else V24)).format(**values)

    def _numbers(self) -> tuple[int, ...]:
        said = subprocess.run(
            [self._program[-1], "--version"],
            env=self._environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=30,
        ).stdout
        return tuple(int(number) for number in re.findall(r"\d+", said)[:3])

    def _installed(self) -> tuple[list[str], dict[str, str]]:
        """The command that starts the program, and its environment."""
        environment = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin"}
        if tree := os.environ.get("TRIAGE_DOVECOT_ROOT"):
            return self._unpacked(Path(tree), environment)
        program = shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin")
        if program is None:
            raise NoDovecotError("no dovecot in $PATH, /usr/sbin or $TRIAGE_DOVECOT_ROOT")
        return [program], environment

    def _unpacked(
        self, tree: Path, environment: dict[str, str]
    ) -> tuple[list[str], dict[str, str]]:
        """From a copy of an unpacked tree, which need not be at its place.

        The paths compiled in are replaced, in the copy, by links of the same length to the copy.
        """
        if not (tree / "usr/sbin/dovecot").exists():
            raise NoDovecotError(f"no usr/sbin/dovecot in {tree}")
        copy = self.base / "program"
        shutil.copytree(tree / "usr/lib/dovecot", copy, symlinks=True)
        for program in ("usr/sbin/dovecot", "usr/bin/doveconf"):
            shutil.copy(tree / program, copy)
        folder, reader = self._linked(FOLDER, copy), self._linked(READER, copy / "doveconf")
        for path in copy.rglob("*"):
            if path.is_file() and not path.is_symlink():
                code = path.read_bytes().replace(FOLDER, folder).replace(READER, reader)
                path.write_bytes(code)
        libraries = {str(path.parent) for path in tree.rglob("lib*.so.*")}
        libraries.discard(str(tree / "usr/lib/dovecot"))  # the copy finds its own by the link
        environment["LD_LIBRARY_PATH"] = ":".join(sorted(libraries))
        return [str(copy / "dovecot")], environment

    def _linked(self, built_in: bytes, there: Path) -> bytes:
        """A link with a random name, as long as the path it replaces; making it fails where there
        is one already."""
        link = Path("/tmp/" + secrets.token_hex(len(built_in))[len("/tmp/") - len(built_in) :])
        link.symlink_to(there)
        self._links.append(link)
        return bytes(link)


V24_HEAD = """dovecot_config_version = {version}
dovecot_storage_version = {version}
"""


@dataclass(frozen=True)
class Seen:
    """A mail as another client sees it."""

    uid: int
    flags: frozenset[str]
    raw: bytes


class Owner:
    """The owner's own mail program: lays mail down, moves it, looks without reading. `prefix` is
    what the server has before the name of every folder but INBOX."""

    def __init__(
        self, host: str, port: int, user: str, password: str = PASSWORD, *, prefix: str = ""
    ) -> None:
        self._prefix = prefix
        self.client = IMAPClient(host, port, ssl=False, timeout=20)
        self.client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.client.login(user, password)

    def deliver(
        self,
        folder: str,
        raw: bytes,
        *,
        flags: Iterable[str] = (),
        internal_date: datetime | None = None,
    ) -> int:
        """As the post or a mail program would; the UID."""
        answer = self.client.append(self._named(folder), raw, tuple(flags), internal_date)
        found = re.search(rb"APPENDUID \d+ (\d+)", answer)
        assert found, answer
        return int(found[1])

    def mails(self, folder: str) -> list[Seen]:
        """What lies in a folder, by UID."""
        self.client.select_folder(self._named(folder), readonly=True)
        found = self.client.fetch(self.client.search("ALL"), ["FLAGS", "BODY.PEEK[]"])
        return [
            Seen(uid, frozenset(flag.decode() for flag in data[b"FLAGS"]), data[b"BODY[]"])
            for uid, data in sorted(found.items())
        ]

    def expunge(self, folder: str, uid: int) -> None:
        self.client.select_folder(self._named(folder))
        self.client.add_flags([uid], ["\\Deleted"])
        self.client.uid_expunge([uid])

    def move(self, folder: str, uid: int, to: str) -> None:
        """By COPY and EXPUNGE where the server has no MOVE, RFC 6851 (Courier)."""
        self.client.select_folder(self._named(folder))
        if self.client.has_capability("MOVE"):
            self.client.move([uid], self._named(to))
        else:
            self.client.copy([uid], self._named(to))
            self.expunge(folder, uid)

    def copy(self, folder: str, to: str) -> None:
        """All that lies there."""
        self.client.select_folder(self._named(folder))
        if uids := self.client.search("ALL"):
            self.client.copy(uids, self._named(to))
        self.client.select_folder("INBOX", readonly=True)  # so that what was selected can go

    def create(self, folder: str) -> None:
        self.client.create_folder(self._named(folder))

    def delete(self, folder: str) -> None:
        self.client.delete_folder(self._named(folder))

    def close(self) -> None:
        self.client.logout()

    def _named(self, folder: str) -> str:
        return folder if folder == "INBOX" else self._prefix + folder


def free_port() -> int:
    """A port nobody listens on now. Below those the kernel gives to outgoing connections, so that
    none of them has taken it when a server is to be started there again."""
    while True:
        port = 15_000 + secrets.randbelow(17_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True
