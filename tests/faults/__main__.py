"""`make faults`: so many faults, drawn from a seed; prints what was met and the four zeros.

FAULTS (10,000) and SEED (1) come from the environment. An episode that fails is printed with its
own seed: SEED=that FAULTS=20 runs it again. With REAL=20 so many shops live through half an hour of
real time instead.
"""

import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from multiprocessing import Pool
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from faults import realtime
from faults.checker import Verdict
from faults.rig import FAULTS, Episode
from servers.dovecot import Dovecot

EACH = 10  # episodes of one Dovecot


def episodes(first: int, count: int) -> list[tuple[int, Verdict, Counter[str], list[str]]]:
    """Episodes with the seeds from `first` on, on a Dovecot of their own."""
    dovecot = Dovecot().start()
    found = []
    try:
        for seed in range(first, first + count):
            with tempfile.TemporaryDirectory() as folder:
                episode = Episode(dovecot, f"u{seed}", Path(folder), seed)
                try:
                    verdict = episode.run()
                except Exception:  # noqa: BLE001 - the others are run all the same
                    verdict = Verdict(broken=1)
                    episode.told.append(traceback.format_exc())
                found.append(
                    (seed, verdict, Counter(map(str, episode.struck.elements())), episode.told)
                )
    finally:
        dovecot.remove()
    return found


def main() -> int:
    if real := int(os.environ.get("REAL", "0")):
        return realtime.main(real, int(os.environ.get("SEED", "1")))
    wanted, first = int(os.environ.get("FAULTS", "10000")), int(os.environ.get("SEED", "1"))
    count = -(-wanted // FAULTS)
    begins = range(first, first + count, EACH)
    whole, struck, began, bad = Verdict(), Counter[str](), time.monotonic(), 0
    with Pool(2 * (os.cpu_count() or 1)) as pool:  # an episode mostly waits
        jobs = [
            pool.apply_async(episodes, (begin, min(EACH, first + count - begin)))
            for begin in begins
        ]
        for job in jobs:
            for seed, verdict, kinds, told in job.get():
                struck += kinds
                whole.add(verdict)
                if not verdict.clean:
                    bad += 1
                    print(f"\nSEED={seed} FAULTS={FAULTS}: {verdict}", *told, sep="\n  ")
            if sys.stderr.isatty():
                print(f"\r{struck.total()} of {wanted} faults", end="", file=sys.stderr)
    for kind, number in struck.most_common():
        print(f"{number:7} {kind}")
    seconds = time.monotonic() - began
    print(f"{struck.total():7} faults in {count} episodes, {seconds:.0f} s, seed {first}: {whole}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
