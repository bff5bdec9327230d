"""From an account's settings to a session: connect, encrypt, log in, look around."""

import contextlib
import ssl
from collections.abc import Callable

from triage.account import Account, Security
from triage.errors import AccountError, MailboxError, TriageError
from triage.mailbox.client import Client
from triage.mailbox.failure import Refused
from triage.mailbox.folders import folders
from triage.mailbox.password import password
from triage.mailbox.replies import LATER, Meaning
from triage.mailbox.session import Session
from triage.mailbox.wire import Endpoint, Timeouts

# Response codes of RFC 5530 that say the name or the password is wrong.
WRONG = frozenset({"AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED"})


def connect(
    account: Account,
    *,
    is_ours: Callable[[str], bool],
    timeouts: Timeouts | None = None,
    on_step: Callable[[], None] = lambda: None,
) -> Session:
    """A session of `account`, logged in. `is_ours` knows a Message-ID that a draft of ours bears;
    `on_step` is called before each exchange with the server.

    AccountError when only the owner can help, MailboxError when a later try may succeed.
    """
    secret = password(account)
    context = _context(account)
    endpoint = Endpoint(
        account.host,
        account.port,
        context,
        account.security is Security.STARTTLS,
        timeouts or Timeouts(),
        limit=2 * account.max_size + 16_000_000,  # a batch, or a message that belies its size
    )
    client = Client(endpoint, on_step)
    try:
        if endpoint.starttls and context:
            _encrypt(client, context)
        _log_in(client, account, secret)
        with client.speaking("capability"):
            client.capabilities = client.wire.refresh_capabilities()
        listing = client.folders()
        special = {"SPECIAL-USE", "LIST-EXTENDED"} & client.capabilities
        if special and not any("\\drafts" in listed.attributes for listed in listing):
            with contextlib.suppress(Refused):  # announced and not kept: the names must do
                listing = client.special_folders()
        return Session(account, client, folders(listing, account), is_ours)
    except BaseException:
        client.close()
        raise


def _context(account: Account) -> ssl.SSLContext | None:
    """Verification of chain and name; with a CA file of the owner's own, that and no other."""
    if account.security is Security.NONE:
        return None
    try:
        return ssl.create_default_context(cafile=account.ca_file)
    except OSError as error:  # SSLError is one: not a certificate
        reason = error.strerror or "no certificate in it"
        raise AccountError(
            "ca-file-unreadable", account=account.name, path=str(account.ca_file), reason=reason
        ) from error


def _encrypt(client: Client, context: ssl.SSLContext) -> None:
    if "STARTTLS" not in client.wire.capabilities or client.wire.state != "NONAUTH":
        raise AccountError("starttls-missing", host=client.host)
    with client.speaking("starttls"):
        client.wire.starttls(context)


def _log_in(client: Client, account: Account, secret: str) -> None:
    wire = client.wire
    if wire.state == "AUTH":  # PREAUTH
        return
    how = mechanism(frozenset(wire.capabilities), account.user + secret)
    if how is None:
        raise AccountError("login-disabled", account=account.name, host=account.host)
    try:
        with client.speaking("login"):
            if how == "LOGIN":
                wire.login(account.user, secret)
            else:
                wire.authenticate("PLAIN", _once(f"\0{account.user}\0{secret}".encode()))
    except Refused as refusal:
        raise refused(refusal.code, refusal.meanings, account, refusal.wait) from None


def mechanism(capabilities: frozenset[str], words: str) -> str | None:
    """LOGIN, which every server has, unless it is off or the words are not ASCII. Pure."""
    if words.isascii() and "LOGINDISABLED" not in capabilities:
        return "LOGIN"
    return "PLAIN" if "AUTH=PLAIN" in capabilities else None


def _once(answer: bytes) -> Callable[[bytes], bytes]:
    """An answer to the first challenge; a second one ends the connection, not in a loop."""
    answers = iter([answer])

    def respond(challenge: bytes) -> bytes:
        for given in answers:
            return given
        raise ValueError("a second challenge")

    return respond


def refused(
    code: str, words: frozenset[Meaning], account: Account, wait: float | None = None
) -> TriageError:
    """What a refused login means. Only certainty locks an account out: a blip must not. `wait` are
    the seconds that the server wants to be left alone. Pure."""
    facts = {"account": account.name, "host": account.host, "user": account.user, "code": code}
    if Meaning.NO_PASSWORDS in words:
        return AccountError("basic-auth-disabled", **facts)
    if Meaning.APP_PASSWORD in words:
        return AccountError("app-password-needed", **facts)
    if code in LATER or (code not in WRONG and {Meaning.LATER, Meaning.BUSY} & words):
        return MailboxError("login-unavailable", wait=wait, **facts)
    if code in WRONG or Meaning.WRONG_LOGIN in words:
        return AccountError("login-refused", **facts)
    return MailboxError("login-unavailable", wait=wait, **facts)
