"""A private Courier IMAP, from the tree that $TRIAGE_COURIER_ROOT names.

Who may come in is asked over a socket of Courier's authdaemon, at which we answer ourselves.
"""

import contextlib
import pwd
import re
import secrets
import shutil
import socket
import threading
from pathlib import Path
from typing import BinaryIO

from servers.dovecot import PASSWORD
from servers.instance import Instance, NoServerError
from servers.ways import Ways

# Compiled into a library: where the authdaemon listens. The compiler may have made two halves of
# it, which are laid over each other by one octet.
SOCKET = b"/run/courier/authdaemon/socket"
HALF = 16
FOLDERS = ("", ".Drafts", ".Sent", ".Trash", ".Junk")
# As in Debian's /etc/courier/imapd.
SETTINGS = {
    "IMAP_CAPABILITY": (
        "IMAP4rev1 UIDPLUS CHILDREN NAMESPACE"
        " THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE"
    ),
    "IMAP_KEYWORDS": "1",
    "IMAP_ACL": "1",
    "IMAP_CHECK_ALL_FOLDERS": "0",
    "IMAP_OBSOLETE_CLIENT": "0",
    "IMAP_IDLE_TIMEOUT": "60",
    "IMAP_MAILBOX_SANITY_CHECK": "1",
    "IMAP_UMASK": "022",
    "IMAP_USELOCKS": "1",
    "IMAP_ENHANCEDIDLE": "0",
    "IMAP_TRASHFOLDERNAME": "Trash",
    "IMAP_EMPTYTRASH": "Trash:7",
    "IMAP_MOVE_EXPUNGE_TO_TRASH": "0",
    "MAILDIRPATH": "Maildir",
}
GAMIN = "usr/libexec/gam_server"
ACCEPTING = ("-address=127.0.0.1", "-maxprocs=100", "-maxperip=100", "-nodnslookup")


class Courier(Instance):
    """One instance, with its gamin where it was built with one (in Debian 12): left without, every
    SELECT and APPEND takes two seconds."""

    name = "courier"
    root = "TRIAGE_COURIER_ROOT"
    programs = (
        "usr/sbin/couriertcpd",
        "usr/lib/courier/courier/imaplogin",
        "usr/bin/imapd",
        "usr/bin/couriertls",
    )
    # In IDLE it looks only each IMAP_IDLE_TIMEOUT: 60 s in Debian, beside IMAP_ENHANCEDIDLE=0.
    ways = Ways(prefix="INBOX.", news_within=75.0)
    renumbers = ("Drafts",)  # Cyrus lets nobody delete a folder of special use

    def __init__(self) -> None:
        super().__init__()
        self._link = Path("/tmp/" + secrets.token_hex(len(SOCKET))[: len(SOCKET) - len("/tmp/")])
        self._token = self._link.name  # tells one gamin from another
        if (self.tree / GAMIN).exists():
            shutil.copy(self.tree / GAMIN, self.program)
        self._patch(self.base / "lib" / "libcourierauth.so.0", bytes(self._link))
        self._link.symlink_to(self.base / "authdaemon")
        certificate = self.authority.certificate("server")
        self._certificate = self.base / "courier.pem"
        self._certificate.touch(0o600)
        self._certificate.write_bytes(certificate.key.read_bytes() + certificate.chain.read_bytes())
        (self.base / "mail").mkdir()
        self.owned(self._certificate, self.base / "mail")
        self._porter = Porter(self.base, self.user)

    def version(self) -> str:
        found = re.search(
            r"Courier-IMAP ([\d.]+)", self.run(str(self.program / "imapd"), "--version")
        )
        return f"Courier IMAP {found[1]}" if found else ""

    def commands(self) -> list[list[str]]:
        tcpd = [str(self.program / "couriertcpd"), *ACCEPTING, "-noidentlookup"]
        imap = [str(self.program / "imaplogin"), str(self.program / "imapd"), "Maildir"]
        tls = [str(self.program / "couriertls"), "-server", "-tcpd"]
        gamin = self.program / "gam_server"
        watching = [[str(gamin), "--notimeout", self._token]] if gamin.exists() else []
        return [
            *watching,
            [*tcpd, str(self.port), *imap],
            ["/usr/bin/env", "IMAP_TLS=1", *tcpd, str(self.tls_port), *tls, *imap],
        ]

    def environment(self) -> dict[str, str]:
        return {
            **SETTINGS,
            "GAM_CLIENT_ID": self._token,
            "GAMIN_DEBUG_SERVER": str(self.program / "gam_server"),
            "TLS_CERTFILE": str(self._certificate),
            "TLS_VERIFYPEER": "NONE",
        }

    def lay(self, user: str) -> None:
        home = self.base / "mail" / user
        for folder in FOLDERS:
            for part in ("cur", "new", "tmp"):
                (home / "Maildir" / folder / part).mkdir(parents=True)
            if folder:
                (home / "Maildir" / folder / "maildirfolder").touch()
        self.owned(home, *home.rglob("*"))

    def remove(self) -> None:
        super().remove()
        self._porter.close()
        self._link.unlink()

    def _patch(self, library: Path, link: bytes) -> None:
        halves = (SOCKET[:HALF] + SOCKET[HALF - 1 :], link[:HALF] + link[HALF - 1 :])
        code = library.read_bytes()
        patched = code.replace(*halves).replace(SOCKET, link)
        if patched == code:
            raise NoServerError(f"{library.name} does not say where the authdaemon listens")
        library.write_bytes(patched)


class Porter:
    """Courier's authdaemon, as far as it is asked: everybody exists and has one password."""

    def __init__(self, base: Path, user: str) -> None:
        self._base, self._user = base, user
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(base / "authdaemon"))
        (base / "authdaemon").chmod(0o777)
        self._listener.listen(100)
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # else its thread would wait for ever
        self._listener.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                with client, client.makefile("rwb") as asking:
                    asking.write(self._answer(asking))

    def _answer(self, asking: BinaryIO) -> bytes:
        """To "AUTH" and a number of octets: service, method, user and password on a line each."""
        while (line := asking.readline()) and not line.startswith(b"AUTH "):
            pass  # where the client comes from
        said = asking.read(int(line.split()[1])).decode().splitlines() if line else []
        if said[3:] != [PASSWORD]:
            return b"FAIL\n"
        home = self._base / "mail" / said[2]
        uid, gid = pwd.getpwnam(self._user)[2:4]
        return (
            f"UID={uid}\nGID={gid}\nHOME={home}\nADDRESS={said[2]}\nMAILDIR={home}/Maildir\n.\n"
        ).encode()
