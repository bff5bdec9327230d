"""Reading messages: PEEK only, in batches, and never a mail that is not there.

A message that vanishes between SEARCH and FETCH still gets an OK: Dovecot sends NIL or nothing,
Cyrus the old text with \\Deleted, Courier invents a mail from root@localhost. So a body counts when
it has the announced size and, asked again, the UID is still there and not \\Deleted.
"""

from collections.abc import Iterator, Mapping, Sequence

from triage.mailbox.client import Answer, Client
from triage.mailbox.failure import Refused
from triage.mailbox.listing import HEAD, batches, chunks
from triage.mailbox.replies import LATER
from triage.mailbox.sections import SECTION, Ask, with_text
from triage.place import Fetched, Ref, Status

WHOLE = "(UID BODY.PEEK[])"
PART = f"(UID BODY.PEEK[]<0.{HEAD}>)"


def fetch(
    client: Client, status: Status, uids: Sequence[int], max_size: int
) -> Iterator[list[Fetched]]:
    """The messages of the selected mailbox, every UID answered once.

    A message that is there and that the server cannot give comes as `raw` b"" and truncated: it is
    one bad mail, to be set aside by its reader, not one that is gone.
    """
    for chunk in chunks(uids):
        about = patiently(client, chunk, "(UID RFC822.SIZE FLAGS INTERNALDATE)")
        octets = {uid: min(answer.size or 0, max_size) for uid, answer in about.items()}
        for batch in batches(chunk, octets):
            yield list(_batch(client, status, batch, about, max_size))


def patiently(client: Client, uids: Sequence[int], items: str) -> Mapping[int, Answer]:
    """A FETCH; one UID at a time when they are refused together: one bad mail among them.

    Raises `Refused` when the server cannot just now, or when it refuses each of several. SERVERBUG
    over one message alone is about that message.
    """
    if not uids:
        return {}
    try:
        return client.fetch(uids, items)
    except Refused as refusal:
        alone = len(uids) == 1
        about_it = alone and refusal.code == "SERVERBUG"
        if refusal.busy or (refusal.code in LATER and not about_it):
            raise
        if alone:
            return {}
    answers: dict[int, Answer] = {}
    refused: list[Refused] = []
    for uid in uids:
        try:
            answers.update(client.fetch([uid], items))
        except Refused as refusal:
            refused.append(refusal)
    if len(refused) == len(uids):
        raise refused[0]
    return answers


def _batch(
    client: Client,
    status: Status,
    uids: Sequence[int],
    about: Mapping[int, Answer],
    max_size: int,
) -> Iterator[Fetched]:
    large = {uid for uid in uids if (about[uid].size or 0 if uid in about else 0) > max_size}
    bodies = _bodies(client, [uid for uid in uids if uid in about], large)
    there = _still_there(client, uids)
    doubtful = [uid for uid in there if not _sound(about.get(uid), bodies.get(uid), uid in large)]
    if doubtful:  # asked again, alone: a size that was a lie stays one, a lost answer comes
        about = {**about, **patiently(client, doubtful, "(UID RFC822.SIZE FLAGS INTERNALDATE)")}
        large |= {uid for uid in doubtful if uid in about and (about[uid].size or 0) > max_size}
        bodies |= _bodies(client, doubtful, large)
    for uid in large & bodies.keys() & there.keys():
        bodies[uid] = with_text(bodies[uid], _asking(client, uid))
    for uid in uids:
        ref = Ref(status.mailbox, status.uidvalidity, uid)
        answer, raw = about.get(uid, Answer()), bodies.get(uid, b"")
        if uid not in there:
            yield Fetched(ref, None, 0, frozenset(), None, truncated=False)
        else:
            size = answer.size or len(raw)
            flags = there[uid] or answer.flags or frozenset()
            truncated = uid in large or not raw
            yield Fetched(ref, raw, size, flags, answer.internal_date, truncated)


def _bodies(client: Client, uids: Sequence[int], large: set[int]) -> dict[int, bytes]:
    whole = patiently(client, [uid for uid in uids if uid not in large], WHOLE)
    parts = patiently(client, [uid for uid in uids if uid in large], PART)
    answers = {**whole, **parts}
    return {uid: answer.body for uid, answer in answers.items() if answer.body is not None}


def _asking(client: Client, uid: int) -> Ask:
    """The parts of a message of the selected mailbox."""

    def ask(number: str) -> tuple[bytes, bytes] | None:
        def section(name: str) -> bytes:
            answer = patiently(client, [uid], f"(UID BODY.PEEK[{name})").get(uid, Answer())
            return answer.body or b""

        mime = section(f"{number}.MIME]")
        return (mime, section(f"{number}]<0.{SECTION}>")) if mime else None

    return ask


def _sound(answer: Answer | None, body: bytes | None, large: bool) -> bool:
    if answer is None or not body:
        return False
    return len(body) == min(answer.size or 0, HEAD) if large else len(body) == answer.size


def _still_there(client: Client, uids: Sequence[int]) -> dict[int, frozenset[str]]:
    """The flags of those UIDs that are there now, \\Deleted ones left out.

    After a NOOP, without which Courier goes on about what is gone. A UID without an answer is
    looked for once more by SEARCH, since an answer can get lost.
    """
    client.noop()
    answers = patiently(client, uids, "(UID FLAGS)")
    flags = {uid: a.flags or frozenset[str]() for uid, a in answers.items() if not a.deleted}
    silent = [uid for uid in uids if uid not in answers]
    if silent:
        found = client.search(f"UID {','.join(map(str, silent))} UNDELETED")
        flags |= dict.fromkeys(set(found) & set(silent), frozenset[str]())
    return flags
