"""Contact forms: mail the shop's own site sends in a customer's name.

A form's mail looks like a robot's (From is ours, a no-reply address or a form service) and is a
customer's. What tells it apart, and from newsletters and shop systems that look the same:

    From                | names the customer       | list headers | then
    --------------------|--------------------------|--------------|------------------------------
    ours, our domain    | Reply-To, a stranger     | no           | form
    ours, our domain    | Reply-To, a stranger     | yes          | form if a field agrees, else no
    ours, our domain    | field, no reply/forward  | any          | form
    form service        | Reply-To or field        | any          | form
    strange no-reply    | Reply-To                 | no           | form if freemail, a field or
                        |                          |              | the subject says form
    strange no-reply    | field and message field  | no           | form
    ours, form service  | nobody; message field    | no           | form nobody can answer
    any of these        | a shop system's subject  | any          | automatic if no message field

A stranger is an address that is not ours, not our domain, not a no-reply address, and not of the
organisation that sends (a company's Reply-To: support@ is the company, not a customer).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from triage.message import Address, Body, Message
from triage.origin.addresses import FREEMAIL, is_no_reply, is_own, is_own_domain, organisation
from triage.origin.types import House, Origin
from triage.taxonomy import OriginKind

# Form services by domain, subdomains included. Senders seen in public integrations: mailer@
# shopify.com, form-submission@squarespace.info, noreply@jotform.com, noreply@formspree.io,
# formresponses@netlify.com, no-reply-forms@webflow.com, notifications@tally.so,
# noreply@notifications.hubspot.com, forms-receipts-noreply@google.com. The rest is imitated.
_SERVICES = frozenset(
    """shopify.com shopifyemail.com squarespace.info squarespace.com jotform.com formspree.io
    netlify.com webflow.com tally.so hubspot.com wix.com wixforms.com typeform.com getform.io
    getform.org formsubmit.co usebasin.com formcarry.com web3forms.com wordpress.com weebly.com
    123formbuilder.com cognitoforms.com formstack.com wufoo.com paperform.co zohoforms.com
    powr.io fillout.com formbold.com jimdo.com godaddy.com elfsight.com""".split()  # noqa: SIM905 - 30 lines otherwise
)
_SERVICE_SENDERS = re.compile(r"forms?-[a-z-]*(?:no-?reply)?@google\.com|forms?@.*")

_EMAIL = (
    "email|e-mail|mail|email address|e-mail address|email-adresse|e-mail-adresse|emailadresse"
    "|mailadresse|reply email|contact email|customer email|from|von|de|van|da|courriel"
    "|adresse email|adresse e-mail|adresse mail|adresse électronique|correo|correo electrónico"
    "|e-mailadres|emailadres|indirizzo email|indirizzo e-mail|e-post|epost|e-postadress"
    "|e-postadresse|sähköposti|adres e-mail|adres email|endereço de email|endereço de e-mail"
)
_NAME = (
    "name|full name|customer name|contact name|nom|nom et prénom|nom complet|nombre|nombre completo"
    "|nombre y apellidos|nome|nome completo|nome e cognome|naam|volledige naam|imię i nazwisko|navn"
    "|namn|nimi|vor- und nachname|vollständiger name|name (first)"
)
_FIRST = "first name|firstname|given name|prénom|vorname|voornaam|imię|förnamn|fornavn|etunimi"
_LAST = (
    "last name|lastname|surname|family name|nachname|familienname|achternaam|apellido|apellidos"
    "|cognome|apelido|nazwisko|efternamn|etternavn|efternavn|sukunimi"
)
_MESSAGE = (
    "message|message body|body|comment|comments|comment or message|enquiry|inquiry|question"
    "|your question|query|feedback|how can we help|how can we help you|what do you need help with"
    "|description|details|nachricht|mitteilung|kommentar|anfrage|frage|anliegen|bericht|vraag"
    "|opmerking|opmerkingen|mensaje|comentario|comentarios|consulta|commentaire|messaggio|richiesta"
    "|mensagem|meddelande|besked|melding|viesti|wiadomość|treść wiadomości|nachrichtentext"
)
# Labels a customer may write in the message as well ("Order: 1234"): they do not end it.
_MATTER = (
    "order|order number|order no|order id|bestellnummer|subject|betreff|sujet|objet|asunto|oggetto"
    "|onderwerp|assunto|topic|reason|product|department"
)
_OTHER = (
    "phone|phone number|telephone|tel|mobile|telefon|telefonnummer|téléphone|teléfono|telefono"
    "|telefoon|telefoonnummer|country|country code|company|firma|website|url|page|page url|ip"
    "|ip address|remote ip|date|time|submitted on|submitted at|sent from|user agent|form|site"
    "|newsletter|consent|privacy|gdpr|preferred contact"
)
_LABELS: Mapping[str, str] = {
    label: kind
    for kind, labels in (
        ("matter", _MATTER),
        ("other", _OTHER),
        ("email", _EMAIL),
        ("name", _NAME),
        ("first", _FIRST),
        ("last", _LAST),
        ("message", _MESSAGE),
    )
    for label in labels.split("|")
}
_ROWS = frozenset({"email", "name", "first", "last", "message"})
_YOUR = re.compile(r"(?:your|customer|ihre?|deine?|votre|uw|je|su|tu|il tuo|sua?) ")
_LABEL = re.compile(r"[\s*•-]{0,8}([^\n:?|\t]{2,40}?)[ *]{0,8}(?:[:?|\t][ \t:|*]{0,8}|$)(.*)")
# What a form service puts around the fields ("Question Answer" heads Jotform's table).
_AROUND = re.compile(
    r"question answer$|-{2,}\s*$|—\s*$"
    r"|(?:this|diese|cet) (?:e-?mail|message|nachricht)\b.{0,40}\b(?:sent|gesendet|submitted)\b"
    r"|sent via (?:form\b|your\b|[\w.]{2,30}\s*$)|sent from (?:my|your)\b"
    r"|powered by\b|manage submissions?\b|submitted (?:on|at|via)\b|unsubscribe\b"
    r"|(?:view|reply to) (?:this |the )?(?:submission|message|response|entry)\b"
    r"|(?:does this|report) .{0,20}spam\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
)
_FORM_SUBJECT = re.compile(
    r"\bcontact(?: us)? form\b|\bform (?:submission|response|entry)\b|\bkontaktformular\b"
    r"|\bformulaire de contact\b|\bformulario de contacto\b|\bcontactformulier\b"
    r"|\bmodulo (?:di )?contatto\b|\bnew (?:customer )?message\b|\bwebsite (?:enquiry|inquiry)\b"
    r"|\bnew (?:enquiry|inquiry|submission)\b",
    re.IGNORECASE,
)
# WooCommerce, Shopify and their like tell the shop of an order, with Reply-To the customer
# (WC_Email::get_headers for new_order, cancelled_order, failed_order). Nobody has written.
_SHOP_SYSTEM = re.compile(
    r"^(?:\[[^\]\n]{0,60}\]:? ?)?(?:(?:you(?:'ve| have) (?:got|received) )?an? )?"
    r"(?:(?:new|cancelled|failed|paid) (?:customer )?order\b"
    r"|order #?[\w-]{1,20}(?: has been| was)? (?:placed|cancelled|paid|confirmed|refunded)"
    r"|neue bestellung\b|nouvelle commande\b"
    r"|nuevo pedido\b|nuovo ordine\b|nieuwe bestelling\b|order confirmation\b|payment received\b)",
    re.IGNORECASE,
)
_REPLY_OR_FORWARD = re.compile(r"\s*(?:re|fwd?|aw|wg|antw|tr|rv|sv|vs|i|r)\s*:", re.IGNORECASE)
_READ_AT_MOST = 65_536  # characters of a body looked at for fields: forms are short


@dataclass(frozen=True, slots=True)
class _Fields:
    """What a form's layout says; "" for what it does not. `labels` counts the different labels."""

    email: str = ""
    name: str = ""
    message: str = ""
    labels: int = 0


def form_text(body: Body) -> str | None:
    """What the customer typed into the form's message field; None when no form is recognised."""
    return _fields(body.text).message or None


def read_form(  # noqa: PLR0911 - one return a row of the table
    message: Message, sender: Address, house: House, *, listed: bool
) -> Origin | None:
    """The origin of a form's mail, after the table above; None when it is not a form's.

    `listed` says that the message has list headers.
    """
    ours = is_own(sender, house) or is_own_domain(sender.domain, house)
    service = _is_service(sender)
    if not (ours or service or is_no_reply(sender)):
        return None
    fields = _fields(message.body.text)

    def stranger(address: Address) -> bool:
        foreign = organisation(address.domain) != organisation(sender.domain)
        free = FREEMAIL.fullmatch(address.domain) is not None
        return (
            (foreign or free)
            and not is_own(address, house)
            and not is_own_domain(address.domain, house)
            and not is_no_reply(address)
        )

    replies_to = next((each for each in message.reply_to if stranger(each)), None)
    told = not fields.message and _SHOP_SYSTEM.match(message.subject)
    if told and (service or replies_to is not None):
        return Origin(OriginKind.AUTOMATIC, None, f"shop-system: {message.subject[:80]}")
    named = Address(fields.name, fields.email) if fields.email else None
    if named is not None and not stranger(named):
        named = None

    if replies_to is not None:
        agrees = named is not None and named.key == replies_to.key
        looks = FREEMAIL.fullmatch(replies_to.domain) or _FORM_SUBJECT.search(message.subject)
        if (
            service
            or agrees
            or (not listed and (ours or fields.message != "" or looks is not None))
        ):
            writer = Address(fields.name or replies_to.name, replies_to.addr)
            return Origin(OriginKind.FORM, writer, f"form-reply-to: {sender.addr}")
    # Our own reply to a form, or a form passed on by us, still shows its fields. A form service
    # may well write "Re:" itself (Jotform does).
    again = bool(message.in_reply_to) or _REPLY_OR_FORWARD.match(message.subject) is not None
    if (ours and again) or fields.labels < 2:
        return None
    if named is not None and (ours or service or (fields.message != "" and not listed)):
        return Origin(OriginKind.FORM, named, f"form-field: {sender.addr}")
    if fields.message and (ours or service) and not listed:
        return Origin(OriginKind.FORM, None, f"form-without-address: {sender.addr}")
    return None


def _is_service(sender: Address) -> bool:
    return organisation(sender.domain) in _SERVICES or bool(_SERVICE_SENDERS.fullmatch(sender.key))


def _fields(text: str) -> _Fields:
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    kind = ""
    lines = text[:_READ_AT_MOST].split("\n")
    table = any(_is_address_row(line) for line in lines)
    for line in lines:
        label, value = _split(line) or (table and _split_row(line)) or ("", line.rstrip())
        if label:
            seen.add(label)
        meant = _LABELS.get(label, kind)
        # In the message field a customer may write anything, so only a new field ends it.
        typed = kind == "message" != meant and (meant == "matter" or meant in found)
        if not typed:
            kind = meant
        if _AROUND.match(line):
            kind = ""
        found.setdefault(kind, []).append(line if typed else value)
    first = {kind: next(filter(None, values), "") for kind, values in found.items()}
    email = _ADDRESS.search(" ".join(found.get("email", ()))[:400])
    name = _line(f"{first.get('first', '')} {first.get('last', '')}") or _line(
        first.get("name", "")
    )
    if not name and email:  # Contact Form 7: "From: Jane Doe <jane@example>"
        name = _line(first["email"].partition("<")[0])
    return _Fields(
        email.group().strip(".") if email else "",
        "" if "@" in name else name,
        "\n".join(found.get("message", ())).strip() if len(seen) > 1 else "",
        len(seen),
    )


def _split(line: str) -> tuple[str, str] | None:
    """A line "Label: value", or "Label" alone, as its two halves; None when it is no such line."""
    match = _LABEL.match(line[:200])
    label = _YOUR.sub("", match.group(1).strip(" *").casefold(), count=1) if match else ""
    label = label.removesuffix("(required)").strip()
    return (label, line[match.start(2) :].strip()) if match and label in _LABELS else None


def _split_row(line: str) -> tuple[str, str] | None:
    """The same for a table's row, whose cells have become words: "Full Name Jane Doe"."""
    words = line[:400].split()
    for count in (3, 2, 1):
        label = " ".join(words[:count]).casefold()
        if len(words) > count and _LABELS.get(label) in _ROWS:
            return label, line.strip()[len(" ".join(words[:count])) :].strip()
    return None


def _is_address_row(line: str) -> bool:
    """Whether a line is "E-mail jane@example.net": only a table writes it so."""
    split = _split_row(line)
    return split is not None and _LABELS[split[0]] == "email" and bool(_ADDRESS.fullmatch(split[1]))


def _line(value: str) -> str:
    """A field as a display name: one line, no control or bidi characters."""
    plain = "".join(
        " " if char.isspace() else char
        for char in value[:200]
        if char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cs"}
    )
    return " ".join(plain.split())[:80]
