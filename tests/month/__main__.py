"""`make month`: a shop's month on a real Dovecot, 600 mails, its owner at another client; then the
model learns what he has shown it, and judges a second month.

The texts are of batches of the corpus that this shop's model has not learned. SEED (1) comes from
the environment. Ends with 1 where a rule was broken.
"""

import os
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sklearn.metrics import roc_auc_score

sys.path.insert(0, str(Path(__file__).parent.parent))

from month.shop import MONDAY, Month, parsed
from servers.dovecot import Dovecot

from triage.classifier import Entry, Model, corpus
from triage.classifier.modelfile import write
from triage.learning.lesson import Lesson, gather
from triage.learning.train import train
from triage.ledger import Entry as Judged
from triage.ledger import history

MAILS = 600
# What customers of this shop write, and what else comes: batches that its model has not learned.
SHOP, ELSE = "tricky-shop-", "ordinary-g"
COMPLAINTS = 0.3


def two_months(seed: int) -> tuple[list[Entry], list[Entry]]:
    """The mails of two months, no text in both; the corpus is without them from now on."""
    starter = corpus.starter()
    theirs = [entry for entry in starter if entry.batch.startswith((SHOP, ELSE))]
    rest = [entry for entry in starter if not entry.batch.startswith((SHOP, ELSE))]
    corpus.starter = lambda: rest
    rng = random.Random(seed)
    rng.shuffle(theirs)
    wanted = round(2 * MAILS * COMPLAINTS)
    complaints = [entry for entry in theirs if entry.complaint][:wanted]
    others = [entry for entry in theirs if not entry.complaint][: 2 * MAILS - wanted]
    halves = []
    for turn in range(2):
        half = complaints[turn::2] + others[turn::2]
        rng.shuffle(half)
        halves.append(half)
    return halves[0], halves[1]


@dataclass(frozen=True)
class Told:
    """How a model judges a month."""

    auc: float
    missed: int
    wrong: int

    def __str__(self) -> str:
        return f"AUC {self.auc:.3f}, {self.missed} complaints passed, {self.wrong} others flagged"


def judged(model: Model, mails: list[Entry]) -> Told:
    said = [model.judge(each.subject, each.body).complaint for each in mails]
    truths = [bool(each.complaint) for each in mails]
    least, flag = model.thresholds.unsure, model.thresholds.flag
    pairs = list(zip(said, truths, strict=True))
    return Told(
        float(roc_auc_score(truths, said)),
        sum(chance < least for chance, truth in pairs if truth),
        sum(chance >= flag for chance, truth in pairs if not truth),
    )


def told(month: Month) -> None:
    """What the month came to."""
    key = month.config.accounts[0].address.key
    with closing(history(month.config.state, key, 0.0)) as rows:
        entries = [each for each in rows if isinstance(each, Judged)]
    fates = Counter(each.letter.fate or "waits" for each in entries if each.letter)
    print("outcomes:", dict(Counter(each.judged.outcome for each in entries)))
    print("letters:", dict(fates))
    print("answers:", dict(Counter(each.how for each in entries if each.how)))
    print("the owner:", dict(Counter(each.done for each in month.mails.values() if each.done)))
    mondays = {MONDAY.date() + timedelta(days=7 * week) for week in range(month.days // 7 + 1)}
    days = Counter(each.date() for each in month.digests)
    print(f"digests: {len(month.digests)}, on {len(days)} days")
    month.wrong += [f"{day}: {times} digests" for day, times in days.items() if times > 1]
    month.wrong += [f"{day}: no digest on a Monday" for day in mondays - days.keys()]
    lying = [
        each for each in month.owner.mails("INBOX") if "triage" in str(parsed(each.raw)["From"])
    ]
    if len(lying) != len(month.digests) or any("\\Flagged" in each.flags for each in lying):
        month.wrong.append(f"{len(lying)} digests lie there")


def main() -> int:
    seed = int(os.environ.get("SEED", "1"))
    first, second = two_months(seed)
    begun = time.monotonic()
    server = Dovecot().start()
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            nothing = Lesson((), (), (), 0, 0)
            before = train(nothing, folder).model
            write(folder / "model", before)
            print(f"a model without this shop: {time.monotonic() - begun:.0f} s", flush=True)
            month = Month(server, folder, seed)
            month.run(first, lambda day: print(f"day {day}", end=" ", flush=True))
            print(f"\n{time.monotonic() - begun:.0f} s")
            told(month)
            lesson = gather(month.config.state, ())
            shown = sum(each.taught is not None for each in month.mails.values())
            if len(lesson.labels) != shown:
                month.wrong.append(f"{shown} mails were shown, {len(lesson.labels)} are labels")
            done = train(lesson, month.config.state)
            print(f"labels: {len(lesson.labels)}; refused: {done.refused or 'no'}")
            print("second month before:", judged(before, second))
            print("second month after: ", judged(done.model, second))
            for line in (*month.wrong, *month.told):
                print(line)
            print(f"SEED={seed}: {len(month.wrong)} against the rules")
            return int(bool(month.wrong))
    finally:
        server.remove()


if __name__ == "__main__":
    sys.exit(main())
