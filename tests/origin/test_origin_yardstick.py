"""Who is writing, on mail that nobody of this project wrote."""

from collections import Counter
from pathlib import Path

import pytest
from origin.mails import HOUSE

from triage.errors import MessageError
from triage.message import read
from triage.origin import origin

YARDSTICK = Path(__file__).parents[3] / "shared" / "yardstick"

# The share of each folder that must be one of these kinds. Seen when this was written: 111 of 117
# bounces, 246 of 250, 29 of 30, 11 of 12; the rest carries no evidence that a program could see.
FOLDERS = [
    ("ugly/bounces-flufl", {"bounce", "automatic"}, 0.93),
    ("ordinary/mailing-list-and-personal", {"bulk"}, 0.97),
    ("ordinary/newsletter", {"bulk"}, 0.95),
    ("ordinary/parcel-notice", {"automatic", "bulk"}, 0.9),
]


@pytest.mark.skipif(not YARDSTICK.is_dir(), reason="the yardstick is not in the repository")
@pytest.mark.parametrize(("folder", "kinds", "share"), FOLDERS)
def test_real_mail(folder: str, kinds: set[str], share: float) -> None:
    """Bounces, lists, newsletters and parcel notices are known for what they are."""
    found: Counter[str] = Counter()
    for path in sorted((YARDSTICK / folder).iterdir()):
        try:
            found[origin(read(path.read_bytes()), HOUSE).kind] += 1
        except MessageError:
            continue
    assert found.total() > 10
    assert sum(found[kind] for kind in kinds) / found.total() >= share, found


@pytest.mark.skipif(not YARDSTICK.is_dir(), reason="the yardstick is not in the repository")
def test_no_list_mail_is_a_customers() -> None:
    """Of mailing lists and newsletters hardly any is taken for a person's letter or a form's."""
    folders = ("ordinary/mailing-list-and-personal", "ordinary/newsletter")
    paths = [path for folder in folders for path in (YARDSTICK / folder).iterdir()]
    kinds = Counter(origin(read(path.read_bytes()), HOUSE).kind for path in paths)
    assert kinds["form"] == kinds["marketplace"] == 0
    assert kinds["customer"] <= 5
