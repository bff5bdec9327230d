"""Mails for the tests, put together from pieces."""

HEAD = (
    "From: Ann Miller <ann@example.com>\n"
    "To: Shop <shop@example.org>\n"
    "Subject: My order\n"
    "Date: Tue, 5 Mar 2024 10:15:00 +0100\n"
    "Message-ID: <one@example.com>\n"
    "MIME-Version: 1.0\n"
)


def mail(content: str = "", *fields: str, head: str = HEAD, charset: str = "utf-8") -> bytes:
    """A mail with more header fields and a content."""
    return (head + "".join(f"{field}\n" for field in fields) + "\n" + content).encode(charset)


def part(content: str, *fields: str) -> str:
    """A part of a multipart, header fields first."""
    return "".join(f"{field}\n" for field in fields) + "\n" + content


def multipart(kind: str, *parts: str, boundary: str = "B0") -> str:
    """A multipart as a part: its Content-Type field, and its parts between boundaries."""
    inside = "".join(f"--{boundary}\n{text}\n" for text in parts)
    return part(
        f"{inside}--{boundary}--\n", f'Content-Type: multipart/{kind}; boundary="{boundary}"'
    )


def whole(top: str) -> bytes:
    """A mail whose outermost part is `top`."""
    return (HEAD + top).encode()


def plain(text: str, *fields: str) -> str:
    return part(text, "Content-Type: text/plain; charset=utf-8", *fields)


def page(text: str, *fields: str) -> str:
    return part(text, "Content-Type: text/html; charset=utf-8", *fields)
