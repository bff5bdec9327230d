"""The stage: a mailbox on a server of its own, and a folder with the configuration for it."""

import errno
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from triage.demo.inbox import Delivered
from triage.errors import UserError

HOST = "127.0.0.1"
# Tried first, so that what is written about it fits; above those for which one must be root.
PORT = 1430
USER = "anna"
PASSWORD = "demo"  # noqa: S105 - it opens nothing but this mailbox, which lives in memory

# Found by their names: pymap knows no SPECIAL-USE (RFC 6154).
FOLDERS = ("Drafts", "Sent", "Trash")

_CONFIG = """\
# The configuration of the demonstration. It ends with it.
state = "state"

[shop]
name = "Little Mill Pottery"
owner = "Anna"
order_status = true

[shop.remedies]
send_again = true
refund = true

[orders]
file = "orders.csv"

[accounts.demo]
address = "Little Mill Pottery <hello@littlemill.example>"
host = "{host}"
port = {port}
security = "none"
user = "{user}"
password_file = "password"
poll = "5 seconds"
"""


@dataclass(frozen=True, slots=True)
class Stage:
    """`config` is the configuration file of the account on the server at `port`; `spare` is the
    file of a mail that is not in the inbox yet."""

    config: Path
    port: int
    spare: Path


@contextmanager
def stage(
    inbox: Sequence[Delivered], spare: bytes, orders: str, port: int | None = None
) -> Iterator[Stage]:
    """A mailbox with these mails in its inbox, until the block ends; then nothing of it is left.

    Without a port it is 1430, or any that is free. UserError when the extra `demo` is not
    installed, or the disk or the network fails.
    """
    if find_spec("pymap") is None:
        raise UserError("demo-not-installed")
    with ExitStack() as stack:
        try:
            bound = _serve(stack, inbox, port)
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="triage-demo-")))
            scene = Stage(folder / "config.toml", bound, folder / "complaint.eml")
            scene.config.write_text(_CONFIG.format(host=HOST, port=bound, user=USER))
            scene.spare.write_bytes(spare)
            (folder / "orders.csv").write_text(orders)
            secret = folder / "password"
            secret.touch(0o600)
            secret.write_text(f"{PASSWORD}\n")
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise UserError("demo-port-taken", port=port) from error
            raise UserError("demo-not-started", why=error.strerror) from error
        yield scene


def _serve(stack: ExitStack, inbox: Sequence[Delivered], port: int | None) -> int:
    from triage.demo.server import serving  # noqa: PLC0415 - its libraries are an extra

    mailboxes = {"INBOX": inbox, **dict.fromkeys(FOLDERS, ())}
    for each in (port,) if port else (PORT, 0):
        try:
            return stack.enter_context(
                serving(mailboxes, user=USER, password=PASSWORD, host=HOST, port=each)
            )
        except OSError as error:
            taken = error
    raise taken
