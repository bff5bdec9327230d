"""Laying a draft down once: what servers say, do not say, and say too late."""

import hashlib
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from servers.chaos import Act, Chaos
from servers.dovecot import Dovecot, Owner
from servers.fake import Dialog, Fake, take_literal
from servers.letters import draft, is_ours, mail

from triage.account import Account, Security
from triage.errors import AccountError, AppendRefused, AppendUnknown, MailboxError
from triage.mailbox import Session, Timeouts, connect
from triage.place import Ref, Stored

Fakes = Callable[..., Fake]
Dial = Callable[..., Session]

LETTER = draft("one")


class Shelf:
    """The folders of a fake: answers SELECT, SEARCH, FETCH and APPEND over the mails in them.

    `appenduid` is what it says of an APPEND; `keeps` whether it stores what it is given; `search`
    replaces the answer to UID SEARCH.
    """

    def __init__(
        self,
        *,
        appenduid: bytes = b"[APPENDUID 7 %d] ",
        keeps: bool = True,
        search: bytes | None = None,
    ) -> None:
        self.mails: dict[str, dict[int, bytes]] = {
            "Drafts": {},
            "Sent": {},
            "Trash": {},
            "INBOX": {},
        }
        self._appenduid, self._keeps, self._search = appenduid, keeps, search
        self._selected = "INBOX"

    def scripts(self) -> dict[str, Callable[[Dialog], None]]:
        return {
            "SELECT": self._select,
            "EXAMINE": self._select,
            "UID SEARCH": self._find,
            "UID FETCH": self._fetch,
            "FETCH": self._list,
            "APPEND": self._append,
        }

    def _select(self, dialog: Dialog) -> None:
        self._selected = dialog.line.split()[1].decode().strip('"')
        count = len(self.mails[self._selected])
        place = b"* OK [UIDVALIDITY 7] .\r\n* OK [UIDNEXT 900] .\r\n"
        dialog.send(b"* %d EXISTS\r\n" % count + place + b"TAG OK .\r\n")

    def _find(self, dialog: Dialog) -> None:
        if self._search is not None:
            dialog.send(self._search + (b"" if b"TAG" in self._search else b"TAG OK .\r\n"))
            return
        wanted = dialog.line.split(b'"')[1]
        found = [uid for uid, raw in self.mails[self._selected].items() if wanted in raw]
        dialog.send(b"* SEARCH " + b" ".join(b"%d" % uid for uid in found) + b"\r\nTAG OK .\r\n")

    def _list(self, dialog: Dialog) -> None:
        for number, uid in enumerate(self.mails[self._selected], 1):
            dialog.send(b"* %d FETCH (UID %d)\r\n" % (number, uid))
        dialog.send(b"TAG OK .\r\n")

    def _fetch(self, dialog: Dialog) -> None:
        for uid in map(int, dialog.line.split()[2].split(b",")):
            raw = self.mails[self._selected].get(uid)
            if raw is None:
                continue
            if b"RFC822.SIZE" in dialog.line:
                dialog.send(b"* 1 FETCH (UID %d RFC822.SIZE %d)\r\n" % (uid, len(raw)))
            else:
                dialog.send(b"* 1 FETCH (UID %d BODY[] {%d}\r\n%s)\r\n" % (uid, len(raw), raw))
        dialog.send(b"TAG OK .\r\n")

    def _append(self, dialog: Dialog) -> None:
        raw = take_literal(dialog)
        uid = 500 + len(self.mails["Drafts"])
        if self._keeps:
            self.mails["Drafts"][uid] = raw
        code = self._appenduid % uid if b"%d" in self._appenduid else self._appenduid
        dialog.send(b"TAG OK " + code + b"APPEND completed\r\n")


@pytest.mark.parametrize("search", [None, b"TAG NO no\r\n", b"TAG BAD no\r\n", b"* SEARCH\r\n"])
@pytest.mark.parametrize(
    "appenduid",
    [b"[APPENDUID 7 %d] ", b"", b"[APPENDUID 7 1] ", b"[APPENDUID 99 500] ", b"[APPENDUID x] "],
    ids=["told", "untold", "swapped", "other validity", "garbled"],
)
def test_where_the_draft_lies(
    fakes: Fakes, dial: Dial, appenduid: bytes, search: bytes | None
) -> None:
    """Whatever APPENDUID says and SEARCH does not find: the draft's place is where its Message-ID
    was read."""
    shelf = Shelf(appenduid=appenduid, search=search)
    shelf.mails["Drafts"][1] = draft("another").raw
    session = dial(fakes(shelf.scripts()))
    assert session.find(LETTER) is None
    stored = session.append(LETTER)
    digest = hashlib.sha256(LETTER.raw).hexdigest()
    assert stored == Stored(Ref("Drafts", 7, 501), digest)
    assert session.find(LETTER) == stored
    assert session.copies(LETTER) == [stored]


def test_append_after_a_look_into_drafts(fakes: Fakes, dial: Dial) -> None:
    """Courier takes no APPEND into the mailbox that is selected to be read only."""
    scripts = Shelf().scripts()

    def append(dialog: Dialog) -> None:
        looks = [line for line in fake.commands if line.startswith((b"SELECT ", b"EXAMINE "))]
        if looks[-1] == b'EXAMINE "Drafts"':
            dialog.send(b"TAG NO Current box is selected READ-ONLY.\r\n")
        else:
            scripts["APPEND"](dialog)

    fake = fakes({**scripts, "APPEND": append})
    session = dial(fake)
    for name in ("one", "two"):
        assert session.copies(draft(name)) == []
        stored = session.append(draft(name))
        assert session.copies(draft(name)) == [stored]


def test_an_ok_that_stored_nothing(fakes: Fakes, dial: Dial) -> None:
    """It is not known where the draft is; and it is not called stored."""
    session = dial(fakes(Shelf(keeps=False).scripts()))
    with pytest.raises(AppendUnknown) as raised:
        session.append(LETTER)
    assert raised.value.kind == "append-not-found"


@pytest.mark.parametrize(
    ("answer", "error", "kind"),
    [
        (b"TAG NO [OVERQUOTA] full\r\n", AppendRefused, "over-quota"),
        (b"TAG NO Quota exceeded\r\n", AppendRefused, "over-quota"),
        (b"TAG NO [TRYCREATE] no such mailbox\r\n", AccountError, "drafts-missing"),
        (b"TAG NO [NONEXISTENT] no such mailbox\r\n", AccountError, "drafts-missing"),
        (b"TAG NO not today\r\n", AppendRefused, "append-refused"),
        (b"TAG BAD what?\r\n", AppendRefused, "append-refused"),
    ],
)
@pytest.mark.parametrize("late", [False, True], ids=["before the text", "after the text"])
def test_a_refused_append(  # a case
    fakes: Fakes, dial: Dial, answer: bytes, error: type, kind: str, late: bool
) -> None:
    """A NO or BAD is certainty: nothing is stored. The connection goes on."""

    def refuse(dialog: Dialog) -> None:
        if late:
            take_literal(dialog)
        dialog.send(answer)

    session = dial(fakes({"APPEND": refuse}))
    with pytest.raises(error) as raised:
        session.append(LETTER)
    assert raised.value.kind == kind
    assert not isinstance(raised.value, AppendUnknown)
    assert session.open("INBOX").exists == 3


@pytest.mark.parametrize("code", [b"", b"[CANNOT] ", b"[SPAM-ADA] ", b"[OVERQUOTA ada@x] "])
def test_a_filter_that_quotes_the_letter(fakes: Fakes, dial: Dial, code: bytes) -> None:
    """Of what a refusal says only a known code is kept."""
    words = b"Subject 'Re: my late order' To ada@customer.example looks like spam"
    session = dial(fakes({"APPEND": b"TAG NO " + code + words + b"\r\n"}))
    with pytest.raises(AppendRefused) as raised:
        session.append(LETTER)
    assert raised.value.facts["code"] in ("", "CANNOT", "OVERQUOTA")
    shown = "".join(traceback.format_exception(raised.value)) + repr(raised.value.__cause__)
    assert not any(word in shown.lower() for word in ("ada", "late order", "spam"))


def silent(dialog: Dialog) -> None:
    take_literal(dialog)
    dialog.silence()


def ended(dialog: Dialog) -> None:
    take_literal(dialog)
    dialog.close()


def cut(dialog: Dialog) -> None:
    take_literal(dialog)
    dialog.reset()


def bye(dialog: Dialog) -> None:
    take_literal(dialog)
    dialog.send(b"* BYE going\r\n")
    dialog.close()


def noise(dialog: Dialog) -> None:
    take_literal(dialog)
    dialog.send(b"what is this\r\n")
    dialog.silence()


@pytest.mark.parametrize("how", [silent, ended, cut, bye, noise, Dialog.silence, Dialog.close])
def test_an_append_without_an_answer(fakes: Fakes, dial: Dial, how: Callable[..., None]) -> None:
    """Nobody knows whether it is stored. The connection is dead and no LOGOUT is said on it."""
    fake = fakes({"APPEND": how})
    session = dial(fake)
    session.open("INBOX")
    with pytest.raises(AppendUnknown) as raised:
        session.append(LETTER)
    assert raised.value.kind == "append-unanswered"
    with pytest.raises(MailboxError) as after:
        session.find(LETTER)
    assert after.value.kind == "connection-lost"
    session.close()
    assert not fake.said("LOGOUT")


def test_an_append_that_cannot_be_read_back(fakes: Fakes, dial: Dial) -> None:
    """It was stored, most likely; what cannot be verified is not known."""
    scripts = {**Shelf().scripts(), "EXAMINE": Dialog.close}
    session = dial(fakes(scripts))
    with pytest.raises(AppendUnknown) as raised:
        session.append(LETTER)
    assert raised.value.kind == "append-unverified"


@pytest.mark.parametrize(
    ("search", "listing"),
    [
        (b"TAG NO no\r\n", b"TAG NO no\r\n"),
        (b"TAG NO no\r\n", b""),
        (b"* SEARCH\r\n", b"* 1 FETCH (UID 1)\r\n"),
        (b"* SEARCH\r\n", b"* 1 FETCH ((((\r\n"),
    ],
    ids=["both refused", "empty listing", "short listing", "unreadable listing"],
)
def test_not_found_is_never_said_unless_listed(
    fakes: Fakes, dial: Dial, search: bytes, listing: bytes
) -> None:
    """A NO, an error or too short a listing means unknown, never absent."""
    session = dial(fakes({"UID SEARCH": search, "FETCH": listing}))
    for look in (session.find, session.copies):
        with pytest.raises(MailboxError):
            look(LETTER)
    with pytest.raises(MailboxError):
        session.answered(LETTER)


def test_ids_are_quoted(fakes: Fakes, dial: Dial) -> None:
    """What a stranger chose as an id is a string to SEARCH, and nothing else."""
    fake = fakes({"UID SEARCH": b"* SEARCH\r\n", "FETCH": b"TAG NO no\r\n"})
    with pytest.raises(MailboxError):
        dial(fake).answered(draft("one", answers='<a"b\\c@x>'))
    said = rb'UID SEARCH HEADER In-Reply-To "<a\"b\\c@x>"'
    assert fake.said("UID SEARCH")[0] == said


def test_listed_headers_are_asked_for_once(fakes: Fakes, dial: Dial) -> None:
    """A UID's mail never changes, so its header is not fetched for every draft anew."""
    shelf = Shelf(search=b"* SEARCH\r\n")
    shelf.mails["Drafts"] = {uid: draft(str(uid)).raw for uid in range(1, 50)}
    fake = fakes(shelf.scripts())
    session = dial(fake)
    for _ in range(3):
        assert session.find(LETTER) is None
    assert len([line for line in fake.said("UID FETCH") if b"HEADER" in line]) == 1


def test_remove_needs_uidplus(fakes: Fakes, dial: Dial) -> None:
    """Without it a deletion would take the owner's own deleted mails along: nothing is done."""
    shelf = Shelf()
    shelf.mails["Drafts"][5] = LETTER.raw
    fake = fakes(shelf.scripts(), capabilities=b"IMAP4rev1")
    session = dial(fake)
    assert session.remove(session.copies(LETTER)) == 0
    assert not fake.said("UID STORE")
    assert not fake.said("EXPUNGE")


@pytest.mark.parametrize("folder", ["Sent", "Trash", "INBOX"])
def test_remove_is_for_drafts_only(fakes: Fakes, dial: Dial, folder: str) -> None:
    """The owner's other folders are never written to."""
    shelf = Shelf()
    shelf.mails[folder][5] = LETTER.raw
    fake = fakes(shelf.scripts())
    stored = Stored(Ref(folder, 7, 5), hashlib.sha256(LETTER.raw).hexdigest())
    assert dial(fake).remove([stored]) == 0
    assert not fake.said("UID STORE")


def test_removal_on_dovecot_spares_the_owners_deleted_mail(
    imap_account: Account, owner: Owner
) -> None:
    """UID EXPUNGE takes our copy and leaves what the owner has marked \\Deleted."""
    owner.deliver("Drafts", mail("mine"), flags=["\\Deleted"])
    session = connect(imap_account, is_ours=is_ours)
    try:
        assert session.remove([session.append(LETTER)]) == 1
    finally:
        session.close()
    assert [seen.raw for seen in owner.mails("Drafts")] == [mail("mine")]


def test_other_drafts_folder(imap_account: Account, owner: Owner) -> None:
    """A configured folder with an odd name is used as it is written."""
    owner.create('Entwürfe "neu" & alt')
    session = connect(replace(imap_account, drafts='Entwürfe "neu" & alt'), is_ours=is_ours)
    try:
        stored = session.append(LETTER)
    finally:
        session.close()
    assert stored.ref.mailbox == 'Entwürfe "neu" & alt'
    assert [seen.raw for seen in owner.mails('Entwürfe "neu" & alt')] == [LETTER.raw]


# --- a bad network before a real server ---


@pytest.fixture
def chaos(dovecot: Dovecot) -> Iterator[Chaos]:
    proxy = Chaos(dovecot.port)
    yield proxy
    proxy.close()


def through(chaos: Chaos, account: Account) -> Session:
    account = replace(account, port=chaos.port, security=Security.NONE)
    return connect(account, is_ours=is_ours, timeouts=Timeouts(connect=5, read=0.8, answer=4))


def lies_in(owner: Owner, folder: str) -> int:
    return len(owner.mails(folder))


@pytest.mark.parametrize("act", [Act.RESET, Act.HOLE])
def test_the_answer_to_an_append_is_lost(
    chaos: Chaos, imap_account: Account, owner: Owner, act: Act
) -> None:
    """Stored, and then reset, or silence: unknown; the next session finds it."""
    session = through(chaos, imap_account)
    chaos.rule = lambda way, data: act if b"APPENDUID" in data else Act.PASS
    with pytest.raises(AppendUnknown):
        session.append(LETTER)
    session.close()
    again = through(chaos, imap_account)
    found = again.find(LETTER)
    again.close()
    assert found is not None
    assert lies_in(owner, "Drafts") == 1


def test_the_append_itself_is_lost(chaos: Chaos, imap_account: Account, owner: Owner) -> None:
    """Unknown as well, though nothing is stored."""
    session = through(chaos, imap_account)
    chaos.rule = lambda way, data: Act.RESET if b"I am sorry" in data else Act.PASS
    with pytest.raises(AppendUnknown):
        session.append(LETTER)
    session.close()
    again = through(chaos, imap_account)
    assert again.find(LETTER) is None
    again.close()
    assert lies_in(owner, "Drafts") == 0


def test_an_append_that_arrives_late(chaos: Chaos, imap_account: Account, owner: Owner) -> None:
    """After the time-out and an empty second look the original still lands beside its repeat: both
    are found, and the extra one can be removed."""
    session = through(chaos, imap_account)
    chaos.rule = lambda way, data: Act.HOLD if b"I am sorry" in data else Act.PASS
    with pytest.raises(AppendUnknown):
        session.append(LETTER)
    session.close()
    chaos.rule = lambda way, data: Act.PASS
    again = connect(imap_account, is_ours=is_ours)
    assert again.find(LETTER) is None
    kept = again.append(LETTER)
    chaos.release()
    copies = again.copies(LETTER)
    assert len(copies) == 2
    assert again.remove([copy for copy in copies if copy != kept]) == 1
    assert again.copies(LETTER) == [kept]
    again.close()


def test_every_step_survives_a_cut_line(chaos: Chaos, imap_account: Account, owner: Owner) -> None:
    """The connection is cut at each piece of a whole conversation in turn: there is only ever a
    MailboxError, and never more drafts than attempts."""
    owner.deliver("INBOX", mail("a"))
    outcomes = []
    for piece in range(200):
        seen = [0]

        def cut(way: str, data: bytes, seen: list[int] = seen, piece: int = piece) -> Act:
            seen[0] += 1
            return Act.RESET if seen[0] == piece else Act.PASS

        chaos.rule = cut
        letter = draft(f"cut{piece}", answers=f"<{piece}@customer.example>")
        try:
            session = through(chaos, imap_account)
        except MailboxError as error:
            outcomes.append(error.kind)
            continue
        try:
            status = session.open("INBOX")
            assert len([one for batch in session.fetch(session.uids(1)) for one in batch]) == 1
            session.mark(Ref("INBOX", status.uidvalidity, 1))
            assert session.answered(letter) is None
            assert session.find(letter) is None
            session.append(letter)
            outcomes.append("done")
        except MailboxError as error:
            outcomes.append(error.kind)
        finally:
            session.close()
        if piece > 1 and seen[0] < piece:
            break
    assert outcomes[-1] == "done"
    assert set(outcomes) == {"done", "connection-lost", "append-unanswered", "append-unverified"}
    ids = [seen.raw.split(b"Message-ID: ")[1].split(b"\r\n")[0] for seen in owner.mails("Drafts")]
    assert len(ids) == len(set(ids))
