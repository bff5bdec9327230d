"""Whom a delivery report says that a mail did not reach. Pure.

Read from the octets: the machine's part of a report (RFC 3464) is plain ASCII wherever it stands,
and a report that only looks like one names somebody wrong, which is no more than a wrong line.
"""

import re

MOST = 10  # of one report
LOOKED = 200_000  # octets
_RECIPIENT = re.compile(
    rb"^(?:final-recipient:[ \t]{0,9}rfc822[ \t]{0,9};|x-failed-recipients:)"
    rb"[ \t]{0,9}<?([^\s<>,;@]{1,64}@[A-Za-z0-9.-]{1,253})",
    re.IGNORECASE | re.MULTILINE,
)
_ACTION = re.compile(rb"^action:[ \t]{0,9}([a-z]+)", re.IGNORECASE | re.MULTILINE)


def undelivered(raw: bytes) -> tuple[str, ...]:
    """The addresses, each once; none where the report says that all is well, or only late."""
    raw = raw[:LOOKED]
    actions = {each.lower() for each in _ACTION.findall(raw)}
    if actions and b"failed" not in actions:
        return ()
    found = (each.decode("ascii", "replace") for each in _RECIPIENT.findall(raw))
    return tuple(dict.fromkeys(found))[:MOST]
