"""The teaching folders on a server: named as it names folders, made, and shown to the owner."""

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from triage.mailbox.client import Client
from triage.mailbox.failure import Refused
from triage.mailbox.folders import Listed, usable


@dataclass(frozen=True, slots=True)
class TeachingFolders:
    """The teaching folders that are there, by their own names; those that are not, under the names
    the server knows them by; and why it would not make the first of these, None when it was not
    asked."""

    there: Mapping[str, str]
    missing: tuple[str, ...]
    refused: Refused | None = None


def lay(client: Client, parent: str, names: Iterable[str], *, make: bool) -> TeachingFolders:
    """The folders of these names below `parent`; those that are not there are made with `make`.
    MailboxError when the server is not to be asked now."""
    listing = client.folders()
    wanted = full_names(parent, names, listing, client.personal())
    there = {listed.name for listed in usable(listing)}
    refused: Refused | None = None
    for mailbox in wanted.values():
        if make and mailbox not in there:
            try:
                _make(client, mailbox)
            except Refused as refusal:
                if refusal.busy:
                    raise
                refused = refused or refusal
            else:
                there.add(mailbox)
    return TeachingFolders(
        {name: mailbox for name, mailbox in wanted.items() if mailbox in there},
        tuple(mailbox for mailbox in wanted.values() if mailbox not in there),
        refused,
    )


def _make(client: Client, mailbox: str) -> None:
    """A folder, subscribed to: many mail programs show no other. One that is there after all, and
    was kept out of the LIST, is well."""
    try:
        client.create(mailbox)
    except Refused as refusal:
        if refusal.code != "ALREADYEXISTS":
            raise
    with contextlib.suppress(Refused):
        client.subscribe(mailbox)


def full_names(
    parent: str,
    names: Iterable[str],
    listing: Sequence[Listed],
    personal: tuple[str, str] | None,
) -> dict[str, str]:
    """The folders' names as the server knows them, by their own; `personal` as in `Client`. Pure.

    A "/" in the parent's name separates levels, whatever the server has between them. Where every
    folder lies below the inbox, so do these, whether the server says it or not.
    """
    prefix, between = personal or _guessed(listing)
    above = parent
    if parent not in {listed.name for listed in listing}:
        above = parent.replace("/", between) if between else parent
        if not above.casefold().startswith(prefix.casefold()):
            above = prefix + above
    return {name: f"{above}{between or ' - '}{name}" for name in names}


def _guessed(listing: Sequence[Listed]) -> tuple[str, str]:
    separator = next((listed.separator for listed in listing if listed.separator), "")
    others = [listed.name for listed in listing if listed.name.upper() != "INBOX"]
    below = f"INBOX{separator}"
    all_below = bool(separator and others) and all(n.upper().startswith(below) for n in others)
    return (below if all_below else "", separator)
