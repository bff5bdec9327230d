"""A shop on a real server behind a bad network, a ledger on disk, and a clock that is set.

One episode: mail comes, the program looks, something goes wrong, it starts again, the owner does
what owners do; and in the end the network is well, days pass, and everything must be as it should.
"""

import random
import shutil
from collections import Counter
from datetime import timedelta
from pathlib import Path

from cycle.world import mail, msgid
from faults.checker import Lying, Verdict, unended
from faults.plan import BETWEEN, SLOW, Fault, Kind, Length, Striking, draw
from faults.shop import ONE, PATIENT, TWO, Shop
from servers.chaos import Chaos
from servers.dovecot import Dovecot
from servers.instance import Instance
from servers.memory import Killed

from triage.errors import StateError, TriageError
from triage.mailbox import Timeouts

SHORT = Timeouts(connect=3.0, read=0.3, answer=0.6)
HEALING = (3, 3, 60, 180, *[24 * 60] * 4)  # minutes between the looks when all is well again
FAULTS = 20  # of one episode
AGAIN = 0.25  # of the mails are about a matter that there is already
DEEDS = ("nothing",) * 6 + ("writes", "edits", "bins", "sends", "answers")


class Episode:
    """One account from its first mail on."""

    shop_of: type[Shop] = Shop

    def __init__(self, server: Dovecot | Instance, user: str, folder: Path, seed: int) -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        self.kinds = [kind for kind in Kind if server.renumbers or kind is not Kind.RENUMBERED]
        self.struck: Counter[Kind] = Counter()
        self.told: list[str] = []  # what happened, for who replays it
        self._shop = self.shop_of(server, user, folder)
        self._mails = 0
        self._complaints: set[str] = set()
        self._inbox: dict[str, bytes] = {}
        self._his: dict[str, tuple[str, bytes]] = {}  # his drafts: folder and content
        self._settled: dict[str, str] = {}  # what he has done himself, by the mail he did it for
        self._chains: list[list[str]] = []  # what customers wrote again about one matter
        self._writers: dict[str, str] = {}
        self._good_ends: set[str] = set()
        self._late: list[Chaos] = []  # what they hold back is still to come
        self._transient = 0
        self._usual = Length()
        self._deck: list[Kind] = []  # so that each kind has its turn

    def run(self) -> Verdict:
        """All of it, and what is wrong in the end."""
        try:
            self._look(None)
            for _ in range(FAULTS):
                for _ in range(self.chance.choice((1, 1, 2))):
                    self._deliver()
                self._act()
                self._suffer(draw(self.chance, self._usual, self._next_kind()))
                while self._late and self.chance.random() < 0.5:
                    self._arrives(self._late.pop())
                self._transient += sum(self._twice().values())
                self._shop.now += timedelta(minutes=self.chance.choice((1, 3, 30)))
            self._all_arrives()
            for minutes in HEALING:
                self._shop.now += timedelta(minutes=minutes)
                for machine in (ONE, TWO):
                    if (self._shop.folder / machine).exists():
                        self._look(None, machine)
            return self._verdict()
        finally:
            self._shop.stand_up()

    def _next_kind(self) -> Kind:
        if not self._deck:
            self._deck = self.chance.sample(self.kinds, len(self.kinds))
        return self._deck.pop()

    def _suffer(self, fault: Fault) -> None:
        """A cycle in which a fault strikes, or one behind it."""
        if fault.kind not in BETWEEN:
            chaos = self._look(fault)
            if chaos and fault.kind is Kind.LATE:
                self._late.append(chaos)
            return
        self.struck[fault.kind] += 1
        self.told.append(str(fault.kind))
        if fault.kind is Kind.CLOCK:
            self._shop.now -= timedelta(days=1)
            self._look(None)
            self._shop.now += timedelta(days=1)
        else:
            self._befall(fault.kind)
        self._look(None)

    def _befall(self, kind: Kind) -> None:
        """What befalls the server, the mailbox or the ledger between two cycles."""
        if kind is Kind.BACKUP:
            raw = self.chance.choice(list(self._inbox.values()))
            self._shop.owner.deliver("INBOX", raw, internal_date=self._shop.now)
        elif kind in {Kind.AGED, Kind.LOST}:
            shutil.rmtree(self._shop.folder / ONE)
            if kind is Kind.AGED:
                shutil.copytree(self._shop.folder / "copy", self._shop.folder / ONE)
        else:
            server = self._shop.server
            with self._shop.away():
                if kind is Kind.RENUMBERED:
                    server.renumber(self._shop.user, self.chance.choice(server.renumbers))
                else:
                    self.chance.choice((server.stop, server.kill))()
                    server.start()

    def _look(self, fault: Fault | None, machine: str = ONE) -> Chaos | None:
        """A look through the network. The proxy, when it still holds something back."""
        full = StateError("state-disk-full", path=self._shop.folder)
        striking = Striking(fault, full, self._twin)
        chaos = Chaos(self._shop.server.port)
        chaos.rule = striking.octets
        timeouts = SHORT if fault and fault.kind in SLOW else PATIENT
        try:
            self._shop.look(machine=machine, port=chaos.port, timeouts=timeouts, step=striking.step)
        except (TriageError, Killed) as error:
            self.told.append(f"{fault}: {type(error).__name__}")
            if fault is None:
                raise
        one, copy = self._shop.folder / ONE, self._shop.folder / "copy"
        if self.chance.random() < 0.2 or not copy.exists():
            shutil.copytree(one, copy, dirs_exist_ok=True)
        if fault and striking.struck:
            self.told.append(str(fault))
            self.struck[fault.kind] += 1
            if fault.kind is Kind.LATE:
                return chaos
        else:
            self._usual = Length(
                max(1, striking.passed["up"]),
                max(1, striking.passed["down"]),
                max(1, striking.steps),
            )
        chaos.close()
        return None

    def _twin(self) -> None:
        """The other machine looks, past the proxy; its clock is not the same."""
        ahead = timedelta(seconds=self.chance.choice((0, 5)))
        self._shop.now += ahead
        self._shop.look(machine=TWO)
        self._shop.now -= ahead

    def _all_arrives(self) -> None:
        while self._late:
            self._arrives(self._late.pop())

    def _arrives(self, chaos: Chaos) -> None:
        chaos.release()
        chaos.close()
        self.told.append("a late APPEND arrived")

    def _deliver(self) -> str:
        """A new mail in the inbox, or one about an earlier complaint; its Message-ID."""
        if self._chains and self.chance.random() < AGAIN:
            return self._again(self.chance.choice(self._chains))
        complaint = self.chance.random() < 0.8
        new = self._write("it is broken." if complaint else "lovely, thanks!")
        if complaint:
            self._complaints.add(new)
            self._chains.append([new])
        return new

    def _again(self, chain: list[str]) -> str:
        """The customer complains again, or writes that all is well."""
        good = self.chance.random() < 0.4
        text = "Found it, thanks!" if good else f"it is broken, too: {self._mails}"
        new = self._write(text, chain[-1])
        chain.append(new)
        if good:
            self._good_ends.add(new)
        else:
            self._complaints.add(new)
        self.told.append(f"{chain[0]} is {'settled' if good else 'complained of again'}")
        return new

    def _write(self, text: str, after: str = "") -> str:
        self._mails += 1
        new = msgid(self._mails)
        self._writers[new] = self._writers.get(after, f"Ada <ada{self._mails}@customer.example>")
        thread = f"References: {after}\r\n" if after else ""
        writer = self._writers[new]
        self._inbox[new] = self._shop.deliver(self._mails, text, sender=writer, more=thread)
        return new

    def _act(self) -> None:
        """The owner does something in another client."""
        deed = self.chance.choice(DEEDS)
        ours = [lying for lying in self._shop.ours() if lying.message_id not in self._his]
        # Of two copies he may keep one.
        alone = Counter(lying.message_id for lying in ours)
        ours = [lying for lying in ours if alone[lying.message_id] == 1]
        # What is still on its way he cannot have seen.
        if deed == "nothing" or (deed in {"edits", "bins", "sends"} and (not ours or self._late)):
            return
        self.told.append(f"the owner {deed}")
        if deed == "writes":
            number = len(self._his)
            self._leave(
                "Drafts", mail(10_000 + number, f"My own {number}", sender="me@shop.example")
            )
        elif deed == "answers":
            self._answer()
        else:
            self._touch(deed, self.chance.choice(ours))

    def _leave(self, folder: str, raw: bytes) -> None:
        self._shop.owner.deliver(folder, raw, flags=("\\Seen",))
        self._his[str(Lying(0, frozenset(), raw).message_id)] = (folder, raw)

    def _answer(self) -> None:
        """At once, before the program has looked."""
        asked = self._deliver()
        raw = mail(20_000 + len(self._his), "I am on it.", more=f"In-Reply-To: {asked}\r\n")
        self._leave("Sent", raw)
        self._settled[asked] = "answers"

    def _touch(self, deed: str, draft: Lying) -> None:
        self._settled[draft.answers] = deed
        if deed == "edits":  # as Thunderbird does: the new one first, under the same id
            self._leave("Drafts", draft.raw.replace(b"\r\n\r\n", b"\r\n\r\nDear all,\r\n\r\n", 1))
            self._shop.owner.expunge("Drafts", draft.uid)
        else:
            self._shop.owner.move("Drafts", draft.uid, "Trash" if deed == "bins" else "Sent")

    def _twice(self) -> Counter[str]:
        """How many drafts there are beyond the one that is wanted, by the first mail of the matter:
        none where the owner has answered, sent or binned the last, or all is well."""
        there = self._shop.answered()
        extra = Counter(
            {
                chain[0]: sum(there[each] for each in chain) - self._wanted(chain)
                for chain in self._chains
            }
        )
        known = {each for chain in self._chains for each in chain}
        return +extra + Counter({asked: n for asked, n in there.items() if asked not in known})

    def _meant(self, chain: list[str]) -> set[str]:
        """The mails whose drafts will do."""
        edited = {each for each in chain if self._settled.get(each) == "edits"}
        return edited or {chain[-1]}

    def _wanted(self, chain: list[str]) -> int:
        """How many drafts are to lie there in the end: those that the owner has changed, else one
        for the last mail."""
        if edited := sum(self._settled.get(each) == "edits" for each in chain):
            return edited
        return chain[-1] not in self._good_ends and chain[-1] not in self._settled

    def _verdict(self) -> Verdict:
        drafts, sent = self._shop.checker.lying("Drafts"), self._shop.checker.lying("Sent")
        answered = {lying.answers for lying in (*drafts, *sent)}
        verdict = Verdict(duplicates=self._twice(), transient=self._transient)
        machines = self._shop.folder.glob("[ot]*/ledger.sqlite3")
        verdict.unended = sum(map(unended, machines))
        verdict.missed = {
            chain[-1]
            for chain in self._chains
            if self._wanted(chain) and answered.isdisjoint(self._meant(chain))
        }
        lying_there = {"Drafts": drafts, "Sent": sent}
        for folder, raw in self._his.values():
            if raw not in {lying.raw for lying in lying_there[folder]}:
                verdict.touched.add(Lying(0, frozenset(), raw).message_id)
        inbox = {lying.message_id: lying for lying in self._shop.checker.lying("INBOX")}
        for message_id, raw in self._inbox.items():
            lying = inbox.get(message_id)
            if lying is None or lying.raw != raw or "\\Seen" in lying.flags:
                verdict.changed.add(message_id)
        return verdict
