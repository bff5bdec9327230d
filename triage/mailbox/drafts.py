"""Our drafts on the server: found, laid down once, and taken away only when untouched."""

import contextlib
from collections.abc import Callable, Iterable, Sequence

from triage.account import Account
from triage.errors import AccountError, AppendRefused, AppendUnknown, MailboxError
from triage.mailbox.client import Client
from triage.mailbox.failure import Refused
from triage.mailbox.folders import Folders
from triage.mailbox.heads import Heads
from triage.mailbox.listing import HEAD, chunks
from triage.mailbox.replies import Meaning
from triage.place import UNKNOWN, Found, Head, Laid, Letter, Lying, Ref, Status, Stored


class Drafts:
    """The drafts of one account over one connection. Leaves another mailbox selected."""

    def __init__(
        self,
        account: Account,
        client: Client,
        folders: Folders,
        heads: Heads,
        is_ours: Callable[[str], bool],
    ) -> None:
        self._account, self._client, self._is_ours = account, client, is_ours
        self._folders, self._heads = folders, heads
        self._looked_at: Status | None = None
        self._looked: dict[str, Found] = {}
        self._answering = frozenset[str]()

    def find(self, letter: Letter) -> Stored | None:
        """In Drafts, else in Sent or Trash: the owner may have sent or binned it already. `Refused`
        when one is there and is not given: that is no absence."""
        for mailbox in filter(
            None, (self._folders.drafts, self._folders.sent, self._folders.trash)
        ):
            status = self._client.select(mailbox, read_only=True).status
            uids = self._heads.bearing(status, letter.message_id)
            if copies := self._stored(status, uids, letter):
                return copies[-1]
            if uids and self._there(uids):
                raise Refused("FETCH", "silent", b"")
        return None

    def answered(self, letter: Letter) -> str | None:
        """In Sent by anybody, whatever it is; in Drafts by somebody, or by another draft of ours
        to the very same message (ours to a later one of the thread has it in References)."""
        asked = letter.in_reply_to
        if asked is None:
            return None

        def counts(draft: Head) -> bool:
            if any(map(self._is_ours, draft.own)):
                return asked in draft.answers and letter.message_id not in draft.own
            return True

        for role, mailbox, judge in (
            ("Sent", self._folders.sent, lambda _: True),
            ("Drafts", self._folders.drafts, counts),
        ):
            if mailbox:
                status = self._client.select(mailbox, read_only=True).status
                if self._heads.answering(status, asked, judge):
                    return role
        return None

    def left(self, letter: Letter) -> bool:
        """Whether the owner has sent or binned it."""
        return self.bear((self._folders.sent, self._folders.trash), letter.message_id)

    def bear(self, mailboxes: Iterable[str | None], message_id: str) -> bool:
        """Whether a mail of this Message-ID lies in one of these mailboxes."""
        for mailbox in filter(None, mailboxes):
            status = self._client.select(mailbox, read_only=True).status
            if self._heads.bearing(status, message_id):
                return True
        return False

    def copies(self, letter: Letter) -> list[Stored]:
        status = self._client.select(self._folders.drafts, read_only=True).status
        return self._stored(status, self._heads.bearing(status, letter.message_id), letter)

    def lying(self, letters: Sequence[Laid]) -> dict[str, Found]:
        """See `Mailboxes.lying`. A UID never changes its mail: what is still there is untouched.
        Of the others what was found is believed until Drafts holds something else."""
        status = self._client.select(self._folders.drafts, read_only=True).status
        there = self._undeleted(status, letters)
        if self._looked_at != status:
            self._looked_at, self._looked = status, {}
            self._answering = self._heads.threads(status, self._is_owners)
        found = {
            letter.message_id: Found(
                Lying.UNTOUCHED, letter.stored, answering=letter.in_reply_to in self._answering
            )
            for letter in there
        }
        others = [letter for letter in letters if letter not in there]
        for letter in others:
            key = letter.message_id
            if key not in self._looked:
                self._looked[key] = self._looked_for(letter)
            found[key] = self._looked[key]
        return found

    def _undeleted(self, status: Status, letters: Sequence[Laid]) -> list[Laid]:
        """Those that lie where they were read back."""
        at = [
            each
            for each in letters
            if each.stored.raw_digest != UNKNOWN
            and each.stored.ref == Ref(status.mailbox, status.uidvalidity, each.stored.ref.uid)
        ]
        there: set[int] = set()
        for chunk in chunks(sorted(each.stored.ref.uid for each in at)):
            numbers = ",".join(map(str, chunk))
            there.update(self._client.search(f"UID {numbers} UNDELETED"))
        return [each for each in at if each.stored.ref.uid in there]

    def _is_owners(self, head: Head) -> bool:
        return not any(map(self._is_ours, head.own))

    def _looked_for(self, letter: Laid) -> Found:
        if copies := self.copies(letter):
            same = [c for c in copies if c.as_laid or c.raw_digest == letter.stored.raw_digest]
            return Found(Lying.UNTOUCHED, same[0]) if same else Found(Lying.CHANGED)
        status = self._client.select(self._folders.drafts, read_only=True).status
        if letter.in_reply_to and self._heads.answering(
            status, letter.in_reply_to, self._is_owners
        ):
            return Found(Lying.CHANGED)
        if self._folders.trash:
            status = self._client.select(self._folders.trash, read_only=True).status
            if self._heads.bearing(status, letter.message_id):
                return Found(Lying.BINNED)
        return Found(Lying.NOWHERE)

    def append(self, letter: Letter) -> Stored:
        """See `Mailboxes.append`. Between the command and its answer everything but a NO or BAD
        leaves it open whether the draft is stored; so does an OK after which it is not found."""
        self._make_writable()
        try:
            uid = self._client.append(self._folders.drafts, letter.raw, "\\Draft", "\\Seen")
        except Refused as refusal:
            raise self._refused(refusal) from refusal
        except MailboxError as error:
            raise AppendUnknown(
                "append-unanswered", mailbox=self._folders.drafts, cause=error.kind
            ) from error
        try:
            stored = (uid and self._at(uid, letter)) or self.find(letter)
        except MailboxError as error:
            raise AppendUnknown(
                "append-unverified", mailbox=self._folders.drafts, cause=error.kind
            ) from error
        if stored is None:
            raise AppendUnknown("append-not-found", mailbox=self._folders.drafts)
        return stored

    def remove(self, copies: Iterable[Stored]) -> int:
        """By UID EXPUNGE, from Drafts only, and only what still is byte for byte as read back."""
        removed = 0
        for copy in copies:
            if "UIDPLUS" not in self._client.capabilities:
                break
            if copy.ref.mailbox == self._folders.drafts:
                status = self._client.select(copy.ref.mailbox, read_only=False).status
                if not status.read_only and self._stored(status, [copy.ref.uid]) == [copy]:
                    self._client.store(copy.ref.uid, "\\Deleted")
                    self._client.expunge(copy.ref.uid)
                    removed += 1
        return removed

    def _make_writable(self) -> None:
        """Courier takes no APPEND into the mailbox that is selected to be read only, as ours is
        after every look into it. RFC 3501 section 6.3.11 knows no such rule."""
        drafts = self._folders.drafts
        if self._client.examined == drafts:
            with contextlib.suppress(Refused):  # the APPEND will say what is wrong
                self._client.select(drafts, read_only=False)

    def _at(self, uid: int, letter: Letter) -> Stored | None:
        """The draft where APPENDUID says it is: servers swap UIDs, and ones do without storing."""
        status = self._client.select(self._folders.drafts, read_only=True).status
        heads = self._heads.of(status, [uid])
        if uid not in heads or letter.message_id not in heads[uid].own:
            return None
        return next(iter(self._stored(status, [uid], letter)), None)

    def _there(self, uids: list[int]) -> bool:
        """Whether one of the UIDs is in the mailbox now: after a NOOP, which tells what is gone."""
        self._client.noop()
        return bool(set(uids) & set(self._client.search(f"UID {','.join(map(str, uids))}")))

    def _stored(
        self, status: Status, uids: list[int], letter: Letter | None = None
    ) -> list[Stored]:
        """Those of the UIDs that are there, with their digests. One over max_size, which cannot be
        as we laid it, is digested by its head."""
        stored = []
        for uid in uids:
            about = self._client.fetch([uid], "(UID RFC822.SIZE)").get(uid)
            large = about is not None and (about.size or 0) > self._account.max_size
            part = f"<0.{HEAD}>" if large else ""
            answer = self._client.fetch_again([uid], f"(UID FLAGS BODY.PEEK[]{part})").get(uid)
            if answer and answer.body:
                ref = Ref(status.mailbox, status.uidvalidity, uid)
                stored.append(Stored.of(ref, answer.body, letter))
        return stored

    def _refused(self, refusal: Refused) -> AppendRefused | AccountError:
        mailbox = self._folders.drafts
        if refusal.code in ("TRYCREATE", "NONEXISTENT"):
            return AccountError(
                "drafts-missing",
                account=self._account.name,
                role="drafts",
                mailbox=mailbox,
                there=(),
            )
        if refusal.busy:
            return AppendRefused(
                "server-busy", command="APPEND", code=refusal.code, wait=refusal.wait
            )
        full = refusal.code == "OVERQUOTA" or Meaning.FULL in refusal.meanings
        kind = "over-quota" if full else "append-refused"
        return AppendRefused(kind, mailbox=mailbox, code=refusal.code)
