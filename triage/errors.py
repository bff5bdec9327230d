"""How far the damage of an error goes: a message, a cycle, an account, or the operator's mistake.

An error carries data, not a sentence: `kind`, a short code, and `facts`, the values that belong to
it. `triage.cli.sentences` is the one place that words them: what happened, where, what to do next.
Facts hold no customer's mail and no secret.
"""


class TriageError(Exception):
    """Any error of this program. `kind` is a code such as `login-refused`; `facts` its values."""

    def __init__(self, kind: str, /, **facts: object) -> None:
        super().__init__(kind, facts)
        self.kind = kind
        self.facts = facts

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.kind} ({facts})" if facts else self.kind


class MessageError(TriageError):
    """This one message cannot be handled. It is set aside with its reason; the cycle goes on."""


class MailboxError(TriageError):
    """The server or the way to it failed. The cycle ends, and is tried again after a back-off."""


class AppendUnknown(MailboxError):  # noqa: N818 - named as what happened
    """An APPEND was sent and its answer never came: the draft may or may not lie on the server."""


class Refusal(MailboxError):  # noqa: N818 - the same
    """The server answered one command with NO or BAD: it did nothing, and the connection stands."""


class AppendRefused(Refusal):
    """The server answered an APPEND with NO: nothing was stored."""


class StateError(TriageError):
    """The state folder failed (disk full, read-only). The cycle ends, and is tried again later."""


class AccountError(TriageError):
    """The account cannot work until its owner acts: password, certificate, no Drafts folder."""


class UserError(TriageError):
    """The operator's to mend: config, template, file, permission. Exit status 2."""
