"""`make interop`: the contract, the story and sixty faults on every server; build/interop.md tells.

A test that is skipped has failed, and so has a server on which nothing ran.
"""

import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from servers.post import SERVERS

TESTS = (
    "tests/mailbox/test_mailbox_contract.py",
    "tests/mailbox/test_mailbox_lying.py",
    "tests/mailbox/test_mailbox_daily.py",
    "tests/cli/test_cli_servers.py",
    "tests/faults/test_faults.py",
)
PAGE = Path("build/interop.md")


class Table:
    """What passed where: a plug-in of pytest that reads its reports."""

    def __init__(self) -> None:
        self.passed: dict[str, Counter[str]] = defaultdict(Counter)  # by test, of each server
        self.failed: dict[str, Counter[str]] = defaultdict(Counter)
        self.seconds = Counter[str]()
        self.about: dict[str, dict[str, str]] = {name: {} for name in SERVERS}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        said = dict(report.user_properties)
        server = said.get("server")
        if server is None:
            return
        self.about[server] |= {key: str(value) for key, value in said.items()}
        test = report.nodeid.partition("::")[2].partition("[")[0].removeprefix("test_")
        self.seconds[server] += report.duration
        if report.outcome != "passed":
            self.failed[test][server] += 1
        elif report.when == "call":
            self.passed[test][server] += 1

    def total(self, outcomes: dict[str, Counter[str]], server: str) -> int:
        return sum(counter[server] for counter in outcomes.values())

    @property
    def whole(self) -> bool:
        """Whether each server was there, and did all that was asked."""
        return all(self.total(self.passed, server) for server in SERVERS) and not any(
            self.total(self.failed, server) for server in SERVERS
        )

    def summary(self) -> list[str]:
        lines = [
            "| server | version | passed | failed | seconds | in its own way |",
            "|-" * 6 + "|",
        ]
        for server in SERVERS:
            said = self.about[server]
            passed, failed = (self.total(of, server) for of in (self.passed, self.failed))
            lines.append(
                f"| {server} | {said.get('version', '')} | {passed} | {failed} |"
                f" {self.seconds[server]:.0f} | {said.get('ways', '')} |"
            )
        return lines

    def tests(self) -> list[str]:
        lines = ["| test | " + " | ".join(SERVERS) + " |", "|-" * (len(SERVERS) + 1) + "|"]
        for test in sorted({*self.passed, *self.failed}):
            cells = [self._cell(test, server) for server in SERVERS]
            lines.append(f"| {test.replace('_', ' ')} | {' | '.join(cells)} |")
        return lines

    def _cell(self, test: str, server: str) -> str:
        passed, failed = self.passed[test][server], self.failed[test][server]
        return f"**{failed} of {passed + failed} failed**" if failed else str(passed or "")


def main() -> int:
    table = Table()
    arguments = ["--numprocesses", "auto", "--dist", "load", *TESTS, *sys.argv[1:]]
    code = pytest.main(arguments, plugins=[table])
    PAGE.parent.mkdir(exist_ok=True)
    lines = ["# The contract of the mailboxes, on every server", "", *table.summary(), ""]
    PAGE.write_text("\n".join([*lines, *table.tests(), ""]))
    print("", *table.summary(), "", f"Each test on each server: {PAGE}", sep="\n")
    if code == 0 and not table.whole:
        print("A server was not there, or a test was skipped.")
    return int(code) or int(not table.whole)


if __name__ == "__main__":
    sys.exit(main())
