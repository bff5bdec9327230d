"""A shop whose mail lies with an imitated provider; its owner's client has nothing between."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from cycle.world import World, mail
from imitated.proxy import Command, Deviation, Imitated
from servers.dovecot import Seen

from triage.errors import MailboxError
from triage.event import Event
from triage.mailbox import Session, Timeouts, connect
from triage.reply import is_draft_id

PATIENT = Timeouts(connect=10.0, read=30.0, answer=30.0)


class AnswerLost(Deviation):
    """No way of anybody's, but a fault: the first APPEND is stored, and the line breaks before its
    answer."""

    def __init__(self) -> None:
        self.lost = False

    def answered(self, command: Command, answer: list[bytes]) -> list[bytes]:
        if command.name == "APPEND" and not self.lost:
            self.lost = True
            raise OSError
        return answer


class Shop(World):
    """A world on a real server. `look` is a cycle of a new process."""

    def __init__(self, folder: Path, server: Imitated, user: str) -> None:
        self.imitated = server
        self.owner = server.owner(user)
        self.errors: list[MailboxError] = []  # that ended a look
        self.session: Session | None = None
        super().__init__(folder, account=server.account(user))

    def connect(self) -> Session:  # type: ignore[override]  # the same promises
        self.session = connect(self.account, is_ours=is_draft_id, timeouts=PATIENT)
        return self.session

    def look(self, *, minutes: float = 3) -> list[Event]:
        """So many minutes later. A MailboxError ends it, as it does for the daemon, and is kept."""
        self.ledger.close()
        self.restart()
        self.session, before = None, len(self.events)
        try:
            self.cycle(minutes=minutes)
        except MailboxError as error:
            self.errors.append(error)
        finally:
            if self.session:
                self.session.close()
        return self.events[before:]

    def complained(self) -> None:
        """The program has been there before, and a complaint comes."""
        self.look()
        self.arrives(mail(1, "The cup is broken."))

    def arrives(self, raw: bytes) -> int:
        """A mail comes in; its UID."""
        return self.owner.deliver("INBOX", raw, internal_date=self.now)

    def lying(self, folder: str = "Drafts") -> list[Seen]:
        return self.owner.mails(folder)

    def close(self) -> None:
        with closing(self.owner), closing(self.ledger):
            self.imitated.close()


# Opens a shop at a server with these deviations.
Open = Callable[..., Shop]
