"""The one boundary at which what a library raises becomes an error of ours."""

import imaplib
import logging
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from triage.errors import AccountError, MailboxError, Refusal, TriageError
from triage.mailbox.replies import LATER, Meaning, code, meanings, wait

# IMAPClient logs commands at DEBUG, with AUTHENTICATE's secrets in them. Nothing here logs.
logging.getLogger("imapclient").setLevel(logging.CRITICAL + 1)

# X509_V_ERR_* of OpenSSL's x509_vfy.h, as found in SSLCertVerificationError.verify_code.
CERTIFICATE_KINDS = {
    9: "certificate-not-yet-valid",
    10: "certificate-expired",
    18: "certificate-unknown",  # self-signed
    19: "certificate-unknown",  # self-signed in the chain
    20: "certificate-unknown",  # issuer not found
    21: "certificate-unknown",  # leaf alone, issuer not found
    62: "certificate-wrong-name",
    64: "certificate-wrong-name",  # IP address
}

# What parsers raise over a malformed answer, ours and the library's. Their words quote the answer,
# so they are never a `__cause__`, which a traceback would show.
MALFORMED = (
    imaplib.IMAP4.error,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
)


class Refused(Refusal):
    """The server answered NO or BAD. The connection goes on.

    `code` is its response code, upper case, "" when there was none; `meanings` what its words said.
    Kind `server-busy` where it lets the account do nothing for a while, whatever was asked, with
    `wait`, the seconds it wants to be left alone or None; else `server-refused`.
    """

    def __init__(self, command: str, answer: str, reply: bytes) -> None:
        self.code, self.meanings = code(reply), meanings(reply)
        self.busy = self.code == "THROTTLED" or Meaning.BUSY in self.meanings
        kind = "server-busy" if self.busy else "server-refused"
        self.wait = wait(reply)
        super().__init__(kind, command=command, answer=answer, code=self.code, wait=self.wait)

    @property
    def later(self) -> bool:
        """Whether the same may go well at another time, as far as is said."""
        said = not self.code and Meaning.LATER in self.meanings
        return self.busy or said or self.code in LATER


@contextmanager
def speaking(host: str, doing: str) -> Iterator[None]:
    """Whatever is raised inside comes out as a MailboxError or an AccountError.

    After any of them but `Refused` the connection is dead: nobody knows what it would say next.
    """
    try:
        yield
    except TriageError:
        raise
    except OSError as error:
        raise failure(error, host, doing) from error
    except MALFORMED as error:
        raise failure(error, host, doing) from None


def failure(error: Exception, host: str, doing: str) -> TriageError:  # noqa: PLR0911  # a table
    """The error of ours for one of a library's. Pure."""
    match error:
        case ssl.SSLCertVerificationError():
            kind = CERTIFICATE_KINDS.get(error.verify_code, "certificate-invalid")
            return AccountError(kind, host=host, reason=error.verify_message)
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return MailboxError("connection-lost", host=host, doing=doing)
        case ssl.SSLError():
            return MailboxError("tls-failed", host=host, reason=error.reason or "unknown")
        case TimeoutError():
            return MailboxError("timed-out", host=host, doing=doing)
        case socket.gaierror():
            return MailboxError("host-unknown", host=host)
        case ConnectionRefusedError():
            return MailboxError("connection-refused", host=host)
        case imaplib.IMAP4.error(args=(bytes() as greeting, *_)):
            return MailboxError("server-closed", host=host, code=code(greeting))
        case OSError() | imaplib.IMAP4.abort():
            return MailboxError("connection-lost", host=host, doing=doing)
        case _:
            error_name = type(error).__name__
            return MailboxError("answer-malformed", host=host, doing=doing, error=error_name)
