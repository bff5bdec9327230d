"""What a server does in its own way."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ways:
    """What a server does in its own way, lawfully and without harm: the contract expects it of that
    server alone.

    `prefix` stands before the name of every folder but INBOX; `keywords` says whether any are kept;
    `news_within` so many seconds an IDLE tells of a new mail.
    """

    prefix: str = ""
    keywords: bool = True
    news_within: float = 15.0

    def named(self, folder: str) -> str:
        """The name that the server has for a folder."""
        return folder if folder == "INBOX" else self.prefix + folder

    def told(self) -> list[str]:
        """How it differs from the usual, for people."""
        usual, said = Ways(), []
        if self.prefix:
            said.append(f"folders are called {self.named('Drafts')}, not Drafts")
        if not self.keywords:
            said.append("keywords are not kept")
        if self.news_within > usual.news_within:
            said.append("an IDLE tells of new mail within a minute, not at once")
        return said
