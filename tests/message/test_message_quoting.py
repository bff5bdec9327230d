"""What the writer wrote this time, told from what he answers and from his signature."""

import pytest
from mails import HEAD, mail, page

from triage.message import Body, read

ANSWER = HEAD + "In-Reply-To: <shop-1@example.org>\n"
NEW = "The lamp is broken, please help."
OLD = "Your order has been sent."
LETTER = "I ordered three lamps in January, and none of them has come, and nobody answers me. " * 3
LETTER = LETTER.strip()


def body(text: str, head: str = ANSWER) -> Body:
    return read(mail(text, head=head)).body


def html_body(html: str, head: str = ANSWER) -> Body:
    return read((head + page(html)).encode()).body


ATTRIBUTIONS = [
    # Gmail, in ten languages
    "On Tue, Mar 5, 2024 at 10:15 AM Shop <shop@example.org> wrote:",
    "Am Di., 5. März 2024 um 10:15 Uhr schrieb Shop <shop@example.org>:",
    "Le mar. 5 mars 2024 à 10:15, Shop <shop@example.org> a écrit :",
    "Op di 5 mrt 2024 om 10:15 schreef Shop <shop@example.org>:",
    "El mar, 5 mar 2024 a las 10:15, Shop (<shop@example.org>) escribió:",
    "Il giorno mar 5 mar 2024 alle ore 10:15 Shop <shop@example.org> ha scritto:",
    "Em ter., 5 de mar. de 2024 às 10:15, Shop <shop@example.org> escreveu:",
    "Den tirs. 5. mar. 2024 kl. 10.15 skrev Shop <shop@example.org>:",
    "tir. 5. mar. 2024 kl. 10:15 skrev Shop <shop@example.org>:",
    "Den tis 5 mars 2024 kl 10:15 skrev Shop <shop@example.org>:",
    "ti 5. maalisk. 2024 klo 10.15 Shop (shop@example.org) kirjoitti:",
    "Shop <shop@example.org> schrieb am Di., 5. März 2024, 10:15:",
    # Apple Mail and iPhones
    "On 5 Mar 2024, at 10:15, Shop <shop@example.org> wrote:",
    "Am 05.03.2024 um 10:15 schrieb Shop <shop@example.org>:",
    "Le 5 mars 2024 à 10:15, Shop <shop@example.org> a écrit :",
    "Op 5 mrt. 2024 om 10:15 heeft Shop <shop@example.org> het volgende geschreven:",
    "El 5 mar 2024, a las 10:15, Shop <shop@example.org> escribió:",
    "Il giorno 5 mar 2024, alle ore 10:15, Shop <shop@example.org> ha scritto:",
    "No dia 5 de mar. de 2024, às 10:15, Shop <shop@example.org> escreveu:",
    # Yahoo, Outlook for Mac
    "On Tuesday, March 5, 2024 at 10:15:00 AM GMT+1, Shop <shop@example.org> wrote:",
    'On 3/5/24, 10:15 AM, "Shop" <shop@example.org> wrote:',
    # wrapped by the program that sent it
    "On Tue, Mar 5, 2024 at 10:15 AM Shop of Lamps\n<shop@example.org> wrote:",
    "On Tue, Mar 5, 2024 at 10:15 AM\nShop of Lamps <\nshop@example.org> wrote:",
    "Am Di., 5. März 2024 um 10:15 Uhr schrieb\nShop <shop@example.org>:",
    "Le mar. 5 mars 2024 à 10:15, Shop <shop@example.org>\na écrit :",
]
ABOVE_QUOTES = [
    "On 05/03/2024 10:15, Shop wrote:",  # Thunderbird
    "Am 05.03.24 um 10:15 schrieb Shop:",
    "Le 05/03/2024 à 10:15, Shop a écrit :",
    "Op 05-03-2024 om 10:15 schreef Shop:",
    "El 5/3/24 a las 10:15, Shop escribió:",
    "Il 05/03/2024 10:15, Shop ha scritto:",
    "Em 05/03/2024 10:15, Shop escreveu:",
    "Den 05.03.2024 10:15, skrev Shop:",
    "Shop wrote:",
    "Quoting Shop <shop@example.org>:",
    "2024-03-05 10:15 GMT+01:00 Shop <shop@example.org>:",
]


@pytest.mark.parametrize("attribution", ATTRIBUTIONS + ABOVE_QUOTES)
def test_attribution_above_quoted_lines(attribution: str) -> None:
    """The line that names the writer of the quoted lines goes with them, also without an empty
    line above it."""
    for between in ("\n", "\n\n"):
        found = body(f"{NEW}{between}{attribution}\n\n> {OLD}\n>\n> The shop\n")
        assert found.new == NEW
        assert found.quoted == f"{attribution}\n\n> {OLD}\n>\n> The shop"


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_attribution_above_unmarked_history(attribution: str) -> None:
    """Where time and address are named, all that follows is history, although nothing marks it."""
    found = body(f"{NEW}\n\n{attribution}\n\n{OLD}\nThe shop\n")
    assert found.new == NEW
    assert found.quoted.endswith("The shop")


HEADERS = [
    "From: Shop <shop@example.org>\nSent: Tuesday, March 5, 2024 10:15 AM\nTo: Ann\nSubject: x",
    "From: Shop <shop@example.org>\nDate: 5 March 2024\nTo: Ann <a@x.com>,\n  Bob\nSubject: x",
    "*From:* Shop\n*Sent:* Tuesday, March 5, 2024\n*To:* Ann\n*Subject:* x",
    "From: Shop\n\nSent: Tuesday, March 5, 2024\n\nTo: Ann\n\nSubject: x",
    "Von: Shop <shop@example.org>\nGesendet: Dienstag, 5. März 2024 10:15\nAn: Ann\nBetreff: x",
    "Gesendet: Dienstag, 5. März 2024 um 10:15 Uhr\nVon: Shop\nAn: Ann\nBetreff: x",
    "De : Shop <shop@example.org>\nEnvoyé : mardi 5 mars 2024 10:15\nÀ : Ann\nObjet : x",
    "Van: Shop <shop@example.org>\nVerzonden: dinsdag 5 maart 2024 10:15\nAan: Ann\nOnderwerp: x",
    "De: Shop <shop@example.org>\nEnviado: martes, 5 de marzo de 2024 10:15\nPara: Ann\nAsunto: x",
    "Da: Shop <shop@example.org>\nInviato: martedì 5 marzo 2024 10:15\nA: Ann\nOggetto: x",
    "De: Shop <shop@example.org>\nEnviada: terça-feira, 5 de março de 2024\nPara: Ann\nAssunto: x",
    "Fra: Shop <shop@example.org>\nSendt: 5. marts 2024 10:15\nTil: Ann\nEmne: x",
    "Från: Shop <shop@example.org>\nSkickat: den 5 mars 2024 10:15\nTill: Ann\nÄmne: x",
    "Lähettäjä: Shop\nLähetetty: tiistai 5. maaliskuuta 2024\nVastaanottaja: Ann\nAihe: x",
    "-----Original Message-----\nFrom: Shop\nSent: Tuesday\nTo: Ann\nSubject: x",
    "-----Ursprüngliche Nachricht-----\nVon: Shop\nGesendet: Dienstag",
    "________________________________\nFrom: Shop\nSent: Tuesday\nTo: Ann\nSubject: x",
]


@pytest.mark.parametrize("header", HEADERS)
def test_header_of_the_mail_answered(header: str) -> None:
    """Outlook, webmails and phones put the old header above the old text."""
    found = body(f"{NEW}\n\n{header}\n\n{OLD}\n")
    assert found.new == NEW
    assert found.quoted == f"{header}\n\n{OLD}"


@pytest.mark.parametrize(
    "html",
    [
        f'<div dir="ltr">{NEW}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
        f"On Tue, Mar 5, 2024 at 10:15 AM Shop &lt;<a href='mailto:s@example.org'>s@example.org</a>"
        f'&gt; wrote:<br></div><blockquote class="gmail_quote">{OLD}</blockquote></div>',
        f'<div class="WordSection1"><p class="MsoNormal">{NEW}<o:p></o:p></p><p class="MsoNormal">'
        '<o:p>&nbsp;</o:p></p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p '
        'class="MsoNormal"><b>From:</b> Shop &lt;s@example.org&gt; <br><b>Sent:</b> Tuesday, March '
        "5, 2024<br><b>To:</b> Ann<br><b>Subject:</b> x<o:p></o:p></p></div><p class='MsoNormal'>"
        f"{OLD}</p></div>",
        f'<div>{NEW}</div><div id="appendonsend"></div><hr style="display:inline-block">'
        '<div id="divRplyFwdMsg"><b>Von:</b> Shop<br><b>Gesendet:</b> Dienstag</div>'
        f"<div>{OLD}</div>",
        f"<div>{NEW}</div><div><br><blockquote type='cite'><div>On 5 Mar 2024, at 10:15, Shop "
        f"&lt;s@example.org&gt; wrote:</div><br><div>{OLD}</div></blockquote></div>",
        f'<p>{NEW}</p><div class="moz-cite-prefix">Shop a dit ceci :<br></div>'
        f'<blockquote type="cite">{OLD}</blockquote>',
        f'<div>{NEW}</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>On Tuesday, Shop '
        f"wrote:</div><div>{OLD}</div></div>",
        f'<div>{NEW}</div><div name="quote" style="margin:10px 5px"><div><b>Gesendet:</b> gestern'
        f"<br><b>Von:</b> Shop</div><div>{OLD}</div></div>",
        f"<div>{NEW}</div><span id='OLK_SRC_BODY_SECTION'><div>From: Shop</div>{OLD}</span>",
    ],
    ids=["gmail", "outlook", "outlook-web", "apple", "thunderbird", "yahoo", "gmx", "outlook-mac"],
)
def test_answers_in_html(html: str) -> None:
    """Each mail program's own way to quote in HTML."""
    found = html_body(html)
    assert found.new == NEW
    assert OLD in found.quoted


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone", "Sent from Yahoo Mail on Android", "Sent via the Samsung Galaxy S9",
        "Get Outlook for iOS", "Get Outlook for Android<https://aka.ms/x>",
        "Sent from Mail for Windows", "Sent from Outlook for iOS",
        "Von meinem iPhone gesendet", "Gesendet mit der GMX Mail App",
        "Von Samsung Mobile gesendet",
        "Diese Nachricht wurde von meinem Android Mobiltelefon mit WEB.DE Mail gesendet.",
        "Envoyé de mon iPhone", "Envoyé à partir de Outlook pour Android",
        "Télécharger Outlook pour iOS", "Verstuurd vanaf mijn iPhone",
        "Verzonden vanaf mijn Galaxy", "Enviado desde mi iPhone", "Obtener Outlook para iOS",
        "Inviato da iPhone", "Scarica Outlook per Android", "Enviado do meu iPhone",
        "Sendt fra min iPhone", "Sendt fra Outlook for iOS", "Skickat från min iPhone",
        "Hämta Outlook för Android", "Lähetetty iPhonesta", "*Sent from my iPhone*",
    ],
)  # fmt: skip
def test_phone_signature(line: str) -> None:
    """The line a phone adds is signature, at the end and above the history."""
    assert body(f"{NEW}\n\n{line}") == Body(f"{NEW}\n\n{line}", NEW, "", line)
    found = body(f"{NEW}\n{line}\n\nOn 5 Mar 2024, at 10:15, Shop <s@example.org> wrote:\n> {OLD}")
    assert (found.new, found.signature) == (NEW, line)


@pytest.mark.parametrize(
    ("text", "new", "signature"),
    [
        (f"{NEW}\n-- \nAnn\nHigh Street 1", NEW, "--\nAnn\nHigh Street 1"),
        (f"{NEW}\n--\nAnn", NEW, "--\nAnn"),
        (f"{NEW}\n\nKind regards\nAnn", f"{NEW}\n\nKind regards\nAnn", ""),
        ("-- \n" + NEW, "--\n" + NEW, ""),
        (f"{NEW}\n--\n" + "The list goes on.\n" * 20,
         f"{NEW}\n--\n" + "\n".join(["The list goes on."] * 20), ""),
        (f"{NEW}\n---\n{NEW}", f"{NEW}\n---\n{NEW}", ""),
    ],
)  # fmt: skip
def test_signature_mark(text: str, new: str, signature: str) -> None:
    """What follows "-- " is the signature, unless it is long: a cut must not take the matter."""
    found = body(text)
    assert (found.new, found.signature) == (new, signature)


def test_signature_in_html() -> None:
    """Gmail and Outlook say in the markup where the signature is; a long one is a letter."""
    found = html_body(f"<div>{NEW}</div><div class='gmail_signature'><div>Ann</div>Lamps</div>")
    assert (found.new, found.signature) == (NEW, "Ann\nLamps")
    assert "broken" in html_body("<p>Hi Sam</p><div id=Signature>It is broken.</div>").new
    letter = "<div>It was broken again.</div>" * 13
    assert "broken again" in html_body(f"<p>Hi</p><div id=Signature>{letter}</div>").new


@pytest.mark.parametrize(
    "text",
    [
        'Your colleague wrote: "we refund at once". It did not happen.',
        "On 3 May 2024 your colleague wrote:\nwe will refund you.\nNothing came.",
        "Your mail said:\nWe refund within 5 days.\nThat was in March 2024.",
        "On Tuesday at 10:15 I wrote:\nmy parcel is lost. Nobody answered.",
        "From: the very beginning this was a mess.\nI want my money back.",
        "From: London\nTo: Leeds\nit took four weeks.",
        "It went this way.\nFrom: Leeds\nTo: London\nDate: 5 March, 10:15\nThere it was lost.",
        "To: whom it may concern\nFrom: me\nThe lamp is broken.",
        "Sent from your warehouse two weeks ago, still not here.",
        "Sent from my home to yours by phone order: a broken lamp. I am not happy at all and I "
        "want an answer within three days, or I will go to my bank and have it charged back.",
        ">>> WHERE IS MY PARCEL <<<",
        "Forwarded message from your courier that it was lost. What now?",
        "I bought:\n- 1 lamp\n- 2 bulbs\nall broken",
        "Original message from you was clear: a refund.",
        "Date: 5 March\nOrder: 1234\nNothing has come.",
        "Enviado el lunes, y no ha llegado.",
        "Verzonden met PostNL en nooit aangekomen.",
    ],
)
def test_prose_is_not_cut(text: str) -> None:
    """A complaint that only sounds like a mail program is new, all of it."""
    assert body(text) == Body(text, text, "", "")
    above = f"{LETTER}\n{text}\n{LETTER}"
    assert body(above) == Body(above, above, "", "")


def test_sentence_above_an_attribution() -> None:
    """A sentence that begins like an attribution, just above one, is the writer's."""
    above = "On 4 March 2024 at 10:15 I called you"
    found = body(f"{above}\n{ATTRIBUTIONS[0]}\n> {OLD}")
    assert found.new == above


def test_answers_between_the_lines() -> None:
    """What stands between the quoted lines is the writer's own."""
    found = body(
        "Hello,\n\nOn Tue, 5 Mar 2024 10:15, Shop <s@example.org> wrote:\n> Did it come?\n"
        "No, it did not.\n> Is it broken?\nHow should I know?\n\n> Regards\nAnn"
    )
    assert found.new == "Hello,\n\nNo, it did not.\nHow should I know?\n\nAnn"
    assert "> Is it broken?" in found.quoted


def test_answers_between_gmails_blockquotes() -> None:
    """Gmail opens the blockquote for an answer in the middle, all of it inside gmail_quote."""
    found = html_body(
        '<div class="gmail_quote"><div class="gmail_attr">On Tue, Shop wrote:</div><blockquote>'
        "Did it come?</blockquote><div>No, it did not.</div><blockquote>Bye</blockquote></div>"
    )
    assert found.new == "No, it did not."


def test_answer_below_the_quoted_mail() -> None:
    """An answer may stand below what it answers."""
    found = body(f"On 5 Mar 2024 10:15, Shop <s@example.org> wrote:\n> {OLD}\n\n{NEW}\n-- \nAnn")
    assert (found.new, found.signature) == (NEW, "--\nAnn")


COMPLAINT = "My parcel never came and nobody answers. I want my money back."
FORWARDS = [
    "---------- Forwarded message ---------\nFrom: Bob <b@example.com>\nDate: Mon, 4 Mar 2024\n"
    f"Subject: Lost\nTo: <ann@example.com>\n\n{COMPLAINT}",
    f"Begin forwarded message:\n\n> From: Bob\n> Subject: Lost\n> Date: Monday\n>\n> {COMPLAINT}",
    f"-------- Weitergeleitete Nachricht --------\nBetreff: x\nDatum: y\nVon: z\n\n{COMPLAINT}",
    f"From: Bob <b@example.com>\nSent: Monday\nTo: Ann\nSubject: Lost\n\n{COMPLAINT}",
]


@pytest.mark.parametrize("forward", FORWARDS)
@pytest.mark.parametrize("own", ["", "FYI\n\n", "Please see below. Thanks,\nMaria\n\n"])
@pytest.mark.parametrize("head", [HEAD, HEAD.replace("My order", "Fwd: Lost"),
                                  ANSWER.replace("My order", "WG: Lost")])  # fmt: skip
def test_forwarded_complaint(head: str, own: str, forward: str) -> None:
    """A mail passed on with next to no words holds the matter in what is passed on."""
    assert COMPLAINT in body(own + forward, head).new


def test_forward_with_its_own_matter() -> None:
    """Who writes a letter of his own above a forwarded mail is taken at his word."""
    letter = f"{LETTER}\n{LETTER}"
    found = body(f"{letter}\n\n{FORWARDS[0]}", HEAD)
    assert found.new == letter
    assert COMPLAINT in found.quoted


def test_mail_of_a_form() -> None:
    """The fields of a form look like a header; the customer's words below them stay."""
    form = f"New message:\n\nFrom: Bob\nDate: today\nSubject: Lost\n\n{COMPLAINT}"
    assert COMPLAINT in body(form, HEAD).new


def test_matter_below() -> None:
    """An answer that only points below has its matter there."""
    found = body(f"My answers are below.\n\n{HEADERS[0]}\n\n{COMPLAINT}")
    assert COMPLAINT in found.new


def test_letter_below_what_it_answers() -> None:
    """A salutation above the old mail, and the letter below it: nothing marks where it begins."""
    assert NEW in body(f"Dear Sam,\n\n{HEADERS[0]}\n\n{OLD}\n\n{NEW}").new
    assert body(f"All well, thanks!\n\n{HEADERS[0]}\n\n{OLD}").new == "All well, thanks!"


@pytest.mark.parametrize(
    "text", [f"> {OLD}", HEADERS[0] + "\n\n" + OLD, "Sent from my iPhone", "-- \nAnn",
             f"Shop wrote:\n> {OLD}\n\nSent from my iPhone"],
)  # fmt: skip
def test_nothing_left(text: str) -> None:
    """Where cutting leaves nothing, the whole text is new."""
    found = body(text)
    assert found.new == found.text
    assert found.quoted == found.signature == ""


def test_pieces_make_the_whole() -> None:
    """Each line of the text is in one piece, and in one only."""
    found = body(
        f"{NEW}\n-- \nAnn\n\nOn 5 Mar 2024, at 10:15, S <s@example.org> wrote:\n> {OLD}\nmore\n> z"
    )
    pieces = "\n".join([found.new, found.quoted, found.signature]).split("\n")
    assert sorted(filter(None, pieces)) == sorted(filter(None, found.text.split("\n")))
