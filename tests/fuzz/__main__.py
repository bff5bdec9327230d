"""`make fuzz`: octets that atheris makes of mails, guided by what they reach, for so many minutes.

MINUTES (60) and SEED (1) come from the environment. What breaks a promise of `fuzz.promises` is
tried again without atheris, made small, and lies in build/fuzz/found, as do mails on which the
process died. Prints how many mails were tried, what of triage/message they reached, and the finds.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import coverage

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
BUILD = ROOT / "build" / "fuzz"
SUSPECTS, DEAD, FOUND, OWN = (BUILD / name for name in ("suspects", "dead", "found", "own"))
CORPUS = BUILD / "corpus"  # kept from run to run: the next one begins where this one ends
WORDS = BUILD / "words.txt"
REACHED = BUILD / "reached.json"  # line by line

MAX_LENGTH = 8192  # octets of a mail
MEGABYTES = 1024
HANGS = 60  # seconds
_RUN = re.compile(r"#(\d+)\s.*?\bcov: (\d+).*?\bcorp: (\d+)")


def main() -> int:
    minutes = float(os.environ.get("MINUTES", "60"))
    seed = int(os.environ.get("SEED", "1"))
    for folder in (SUSPECTS, DEAD, FOUND, OWN):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    CORPUS.mkdir(exist_ok=True)

    sys.path.insert(0, str(TESTS))
    from fuzz import seeds  # the package lies beside, and is not installed

    WORDS.write_text(seeds.dictionary(), encoding="ascii")
    for name, raw in seeds.made():
        (OWN / name).write_bytes(raw)
    folders = [OWN, *seeds.folders()]
    began = time.monotonic()
    executions = sum(_runs(began + minutes * 60, seed, folders))
    seconds = time.monotonic() - began

    with _covered() as report:
        from fuzz.promises import gone

        ends: Counter[str] = Counter()
        first, reached = len(list(_files(folders))), 0
        for path in _files(folders):
            ends[gone(path.read_bytes()).end] += 1
        at_first = report()
        for path in _files([CORPUS]):
            ends[gone(path.read_bytes()).end] += 1
            reached += 1
        at_last = report()
    finds = _finds()
    print(f"{executions} mails tried in {seconds:.0f} s, seed {seed}")
    print(f"triage/message, by the {first} mails it began with: {at_first}")
    print(f"triage/message, by these and the {reached} it kept: {at_last}")
    for end, number in ends.most_common():
        print(f"{number:7} {end}")
    print(f"{len(finds)} finds" + (f", in {FOUND.relative_to(ROOT)}" if finds else ""))
    for told in finds:
        print(f"  {told}")
    return 1 if finds else 0


def _runs(until: float, seed: int, folders: list[Path]) -> Iterator[int]:
    """How many mails each process tried. Another takes over where one died of its mail."""
    while (left := round(until - time.monotonic())) > 0:
        command = [
            *(sys.executable, "-m", "fuzz.worker", str(SUSPECTS)),
            *(f"-max_total_time={left}", f"-seed={seed}", f"-max_len={MAX_LENGTH}"),
            *(f"-rss_limit_mb={MEGABYTES}", f"-malloc_limit_mb={MEGABYTES}", f"-timeout={HANGS}"),
            *(f"-dict={WORDS}", f"-artifact_prefix={DEAD}/", "-print_final_stats=1"),
            *map(str, (CORPUS, *folders)),
        ]
        with subprocess.Popen(
            command, cwd=TESTS, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            errors="replace",
        ) as process:  # fmt: skip
            assert process.stderr is not None
            tried, last = 0, ""
            for line in process.stderr:
                if run := _RUN.match(line):
                    tried = int(run[1])
                    _show(f"{tried} mails, {run[3]} kept, {run[2]} places reached")
                elif line.startswith("stat::number_of_executed_units:"):
                    tried = int(line.split()[-1])
                elif line.strip():
                    last = line.strip()
        _show("")
        yield tried
        if process.returncode and not any(DEAD.iterdir()):
            sys.exit(f"fuzz: the process ended with {process.returncode}: {last}")
        seed += 1


def _show(line: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)


def _files(folders: list[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


@contextlib.contextmanager
def _covered() -> Iterator[Callable[[], str]]:
    """Measures what of triage/message is reached from here on; gives the function that says it."""
    measure = coverage.Coverage(
        data_file=None, branch=True, source=[str(ROOT / "triage" / "message")], config_file=False
    )
    measure.start()

    def report() -> str:
        measure.stop()
        measure.json_report(outfile=str(REACHED))
        measure.start()
        total = json.loads(REACHED.read_text(encoding="utf-8"))["totals"]
        lines, branches = total["covered_lines"], total["covered_branches"]
        of_lines, of_branches = total["num_statements"], total["num_branches"]
        return (
            f"{lines} of {of_lines} lines ({100 * lines / of_lines:.1f} %), "
            f"{branches} of {of_branches} branches ({100 * branches / of_branches:.1f} %)"
        )

    try:
        yield report
    finally:
        measure.stop()


def _finds() -> list[str]:
    """What was found, each promise once: the smallest mail that breaks it lies in `FOUND`."""
    from fuzz.promises import gone
    from fuzz.shrink import shrunk

    told = {}
    for path in sorted(_files([SUSPECTS]), key=lambda path: path.stat().st_size):
        raw = path.read_bytes()
        broken = gone(raw).broken
        if broken is None or broken.key in told:  # slow under atheris alone, or known
            continue
        key = broken.key
        _show(f"made small: {key}")
        small = shrunk(raw, lambda cut: (b := gone(cut).broken) is not None and b.key == key)  # noqa: B023
        name = f"{path.name.rpartition('.')[0]}.{hashlib.sha256(small).hexdigest()[:12]}"
        (FOUND / name).write_bytes(small)
        again = gone(small).broken
        told[key] = f"{name}, {len(small)} octets: {again.told if again else broken.told}"
    for path in _files([DEAD]):
        shutil.copy(path, FOUND)
        told[path.name] = f"{path.name}, {path.stat().st_size} octets: the process died of it"
    _show("")
    return list(told.values())


if __name__ == "__main__":
    sys.exit(main())
