"""Which text of a mail is its body."""

import base64
import quopri

import pytest
from mails import HEAD, mail, multipart, page, part, plain, whole

from triage.message import read

PDF = part("JVBERi0=", 'Content-Type: application/pdf; name="bill.pdf"',
           "Content-Transfer-Encoding: base64")  # fmt: skip
INNER = "From: x@example.net\nSubject: inner\n\nThe text of another mail.\n"
PLAIN = plain("Plain words.")
PAGE = page("<p>Rich words.</p>")
STUB = plain("This message is in HTML. Please view it with a program that shows HTML.")


@pytest.mark.parametrize(
    ("case", "raw", "text"),
    [
        ("one part", whole(PLAIN), "Plain words."),
        ("no Content-Type", mail("Plain words."), "Plain words."),
        ("HTML alone", whole(PAGE), "Rich words."),
        ("HTML called plain", whole(plain("<html><p>Rich words.</p></html>")), "Rich words."),
        ("alternative prefers plain", whole(multipart("alternative", PLAIN, PAGE)), "Plain words."),
        ("alternative, HTML first", whole(multipart("alternative", PAGE, PLAIN)), "Plain words."),
        ("empty plain part", whole(multipart("alternative", plain(" \n"), PAGE)), "Rich words."),
        ("plain part a stub", whole(multipart("alternative", STUB, PAGE)), "Rich words."),
        ("plain part a link", whole(multipart("alternative", plain("https://example.com/view"),
         page("<p>My lamp arrived in pieces.</p>" * 20))),
         "\n\n".join(["My lamp arrived in pieces."] * 20)),
        ("stub without an alternative", whole(multipart("alternative", plain("See the HTML"))),
         "See the HTML"),
        ("HTML within related", whole(multipart("alternative", plain(""),
         multipart("related", PAGE, PDF, boundary="B1"))), "Rich words."),
        ("mixed joins", whole(multipart("mixed", PLAIN, PDF, plain("More."))),
         "Plain words.\n\nMore."),
        ("attached text", whole(multipart("mixed", PLAIN,
         plain("No body.", "Content-Disposition: attachment; filename=a.txt"))), "Plain words."),
        ("unknown disposition", whole(plain("Words.", "Content-Disposition: =?utf-8?q?x?=")),
         "Words."),
        ("named HTML", whole(part("<p>Rich words.</p>", "Content-Type: text/html; name=a.html")),
         "Rich words."),
        ("named inline HTML", whole(part("<p>Rich words.</p>", "Content-Type: text/html",
         "Content-Disposition: inline; filename=a.html")), "Rich words."),
        ("attached mail", whole(multipart("mixed", PLAIN,
         part(INNER, "Content-Type: message/rfc822"))), "Plain words."),
        ("only an attached mail", whole(multipart("mixed",
         part(INNER, "Content-Type: message/rfc822"))), ""),
        ("digest of mails", whole(multipart("mixed", PLAIN,
         multipart("digest", part(INNER), boundary="B1"))), "Plain words."),
        ("report", whole(multipart("report", PLAIN,
         part("Action: failed", "Content-Type: message/delivery-status"), plain("Headers"))),
         "Plain words."),
        ("signed", whole(multipart("signed", multipart("mixed", PLAIN, boundary="B1"),
         part("sig", "Content-Type: application/pgp-signature"))), "Plain words."),
        ("calendar", whole(multipart("mixed", PLAIN,
         part("BEGIN:VCALENDAR", "Content-Type: text/calendar"))), "Plain words."),
        ("no closing boundary", (HEAD + multipart("mixed", PLAIN)).encode()
         .replace(b"--B0--", b""), "Plain words."),
        ("wrong boundary", whole(multipart("mixed", PLAIN).replace('boundary="B0"', "boundary=X")),
         "Plain words."),
        ("no boundary at all", mail("Plain words.", "Content-Type: multipart/mixed; boundary=X"),
         "Plain words."),
        ("lost Content-Type", (HEAD + "\n" + multipart("mixed", PLAIN).partition("\n\n")[2])
         .encode(), "Plain words."),
        ("boundary of which another is the beginning", whole(multipart("mixed",
         multipart("mixed", PLAIN, boundary="B0-1"), plain("More."))), "Plain words.\n\nMore."),
        ("preamble and epilogue", whole(multipart("mixed", PLAIN)
         .replace("\n\n--B0", "\n\nNot shown.\n--B0", 1) + "Nor this."), "Plain words."),
        ("empty body", mail(""), ""),
        ("header only", HEAD.encode(), ""),
        ("CR line breaks", mail("Plain\nwords.").replace(b"\n", b"\r"), "Plain\nwords."),
        ("CRLF line breaks", whole(multipart("mixed", PLAIN)).replace(b"\n", b"\r\n"),
         "Plain words."),
        ("text instead of a field", HEAD.encode() + b"Plain words\n\nto read",
         "Plain words\n\nto read"),
        ("mbox line", b"From ann@example.com Tue Mar  5 10:15:00 2024\n" + mail("Plain."),
         "Plain."),
        ("uuencoded file", mail("Look:\nbegin 644 a.gif\nM1TE&.#EA\n`\nend\nThanks"),
         "Look:\n\nThanks"),
        ("prose that begins", mail("begin 644 words\nof prose\nend"),
         "begin 644 words\nof prose\nend"),
    ],
)  # fmt: skip
def test_body_is(case: str, raw: bytes, text: str) -> None:
    """The text is what a mail program shows, never what is attached."""
    shown = read(raw).body.text
    assert shown.startswith(text) if case == "digest" else shown == text, case


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit", "x-unknown"])
def test_transfer_encoding_is_undone(encoding: str) -> None:
    """The same text under every transfer encoding; an unknown one is none."""
    text = "Größe falsch, 12 € zu viel.".encode()
    sent = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(
        encoding, bytes
    )(text)
    raw = mail("", "Content-Type: text/plain; charset=utf-8",
               f"Content-Transfer-Encoding: {encoding}") + sent  # fmt: skip
    assert read(raw).body.text == text.decode()


@pytest.mark.parametrize("cut", range(1, 12))
def test_base64_cut_anywhere(cut: int) -> None:
    """Base64 that breaks off is read as far as it goes."""
    raw = mail("", "Content-Transfer-Encoding: base64") + base64.b64encode(b"abcdefghi")[:-cut]
    assert "abcdefghi".startswith(read(raw).body.text)


@pytest.mark.parametrize(
    ("flowed", "delsp", "text"),
    [
        ("One line \nflows on.\nAnother.", "no", "One line flows on.\nAnother."),
        ("One li \nne.", "yes", "One line."),
        ("> quoted \n> on\nmine", "no", "> quoted on\nmine"),
        (">> deep \n> less", "no", ">> deep\n> less"),
        ("  stuffed", "no", " stuffed"),
        (" >no quote", "no", ">no quote"),
        ("text\n-- \nAnn", "no", "text\n--\nAnn"),
    ],
)
def test_flowed_text_is_unfolded(flowed: str, delsp: str, text: str) -> None:
    """RFC 3676: soft breaks, DelSp, space-stuffing, quote depth, the signature mark."""
    raw = mail(flowed, f"Content-Type: text/plain; format=flowed; delsp={delsp}")
    assert read(raw).body.text == text.strip("\n")


def test_attachments_are_listed() -> None:
    """Each part that is not text to read: decoded name, type and size."""
    raw = whole(
        multipart(
            "mixed",
            multipart("alternative", PLAIN, PAGE, boundary="B1"),
            PDF,
            part("x", "Content-Type: image/png", "Content-Disposition: inline;"
                 " filename*=utf-8''gr%C3%BC%C3%9Fe.png"),
            part("x", "Content-Type: image/png; name==?utf-8?B?w6Q=?="),
            part(INNER, "Content-Type: message/rfc822"),
        )
    )  # fmt: skip
    found = [(a.filename, a.content_type, a.size) for a in read(raw).attachments]
    assert found == [
        ("bill.pdf", "application/pdf", 5),
        ("grüße.png", "image/png", 1),
        ("ä", "image/png", 1),
        ("", "message/rfc822", len(INNER)),
    ]


def test_top_level_type_is_kept() -> None:
    """`content_type` is the whole mail's, in lower case."""
    assert read(whole(multipart("REPORT", PLAIN))).content_type == "multipart/report"


def test_picture_before_the_words() -> None:
    """Megabytes of a picture written into the page do not push the words out."""
    picture = "QUJD" * 700_000
    raw = whole(page(f'<img src="data:image/png;base64,{picture}"><p>It is broken.</p>'))
    assert read(raw).body.text == "It is broken."
