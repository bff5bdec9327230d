"""A few mails that leave no doubt, for tests of everything but the classifier's judgement."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime


@dataclass(frozen=True)
class Text:
    """One mail: whether it is a complaint is plain to anybody."""

    name: str
    sender: str
    subject: str
    body: str

    @property
    def message_id(self) -> str:
        return f"<{self.name}@customer.example>"


CUP = Text(
    "cup",
    "Ada Fox <ada@customer.example>",
    "Cup arrived broken",
    "Hello,\n\nmy order 4471 came today and the cup is broken. The handle is off and there are"
    " shards all over the box. I am very disappointed, it was a present. I would like my money"
    " back.\n\nAda",
)
JAR = Text(
    "jar",
    "Jonas Berg <jonas@customer.example>",
    "Parcel never arrived",
    "I ordered three jars five weeks ago and my parcel has still not arrived. Nobody answers my"
    " mails. Where is my order? This is really not good enough, please refund me.\n\nJonas",
)
TOWEL = Text(
    "towel",
    "Priya Nair <priya@customer.example>",
    "Wrong item sent",
    "You sent me the wrong towel. I ordered the blue one and received a brown one, and it has a"
    " hole in it. Please send the right one or give me my money back.\n\nPriya",
)
THANKS = Text(
    "thanks",
    "Tom Reed <tom@customer.example>",
    "Thank you!",
    "The soap is lovely, thank you so much. My mother adores it.\n\nTom",
)


def letter(text: Text, to: str = "hello@shop.example") -> bytes:
    """The mail as it arrives."""
    message = EmailMessage()
    message["From"] = text.sender
    message["To"] = to
    message["Subject"] = text.subject
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = text.message_id
    message.set_content(text.body)
    return message.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
