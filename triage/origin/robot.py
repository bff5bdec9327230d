"""Mail no person typed to us: bounces, autoresponders, lists, robots.

Each function names what it saw ("list-id: <news.example>") or returns "" when it saw nothing. None
of them means silence: all but bounces are judged, and a complaint among them is listed.
"""

import re
from collections.abc import Iterable, Iterator

from triage.message import Address, Message
from triage.origin.addresses import is_daemon
from triage.origin.types import House

# The wording of delivery reports, in subjects. A customer may write the same of a parcel ("Delivery
# failed"), so it counts only beside a mail server's address or an empty return path.
_UNDELIVERED = re.compile(
    r"undeliver|not (?:be )?delivered|mail delivery|non-?delivery"
    r"|deliver\w* (?:\w+ ){0,3}(?:fail|status|report|error|problem|delay)"
    r"|fail\w* (?:\w+ ){0,3}(?:deliver|notice|mail|message)"
    r"|return(?:ed|ing) (?:\w+ )?(?:mail|message|to sender)"
    r"|mail (?:system )?(?:error|failure|returned)"
    r"|(?:message|mail) (?:\w+ )?(?:status|delayed|blocked)"
    r"|could not (?:send|deliver)|warning: |non[- ]?remis|unzustellbar|nicht zugestellt|zustell"
    r"|onbestelbaar|non recapit|mancato recapito|no (?:se ha )?entregad|devuelto|não entregue"
    r"|nondeliverable|user unknown|unknown user|unknown address|address (?:error|not found)|bounce",
    re.IGNORECASE,
)
# What delivery reports say in their text: enhanced status codes (RFC 3463) and set phrases.
_REPORT = re.compile(
    r"\b5\.\d{1,3}\.\d{1,3}\b|\b550[ -]|\bdelivery (?:has )?failed|could(?: not|n't) be delivered"
    r"|permanent (?:fatal )?error|unable to deliver|undeliver|user unknown|no such user"
    r"|mailbox (?:full|unavailable|not found)|final-recipient|unknown (?:user|recipient)"
    r"|returned to sender",
    re.IGNORECASE,
)
# Servers that write under any name ("ndr@", "System Administrator"): a subject about mail, not
# about parcels, and SMTP's own words (RFC 5321 section 4.2) in the text.
_MAIL_UNDELIVERED = re.compile(
    r"(?:re: ?)?(?:returned mail|(?:undelivered|undeliverable) (?:mail|message)"
    r"|mail delivery|failure notice|mail (?:could not|system)"
    r"|delivery (?:status notification|failure)|message (?:could not|delivery))",
    re.IGNORECASE,
)
_SMTP = re.compile(
    r"\b5\.[0-7]\.\d{1,3}\b|\b55[0-4][ -]|\buser unknown|unknown user|no such user|final-recipient"
    r"|\bmessage (?:that )?you sent|(?:deliver|return)(?:ed)? (?:your|the) (?:mail|message)",
    re.IGNORECASE,
)

# Subjects of autoresponders that set no header, at the start and followed by the subject they
# answer, or standing alone: "Re: Automatic reply" is a person, and so is "automatic dispenser
# broken". Exchange and Gmail word it in the responder's language.
_RESPONDER = re.compile(
    r"(?:(?:automatic|automated|auto)[- ]?(?:reply|response|answer)|autoreply|autoresponse|autosvar"
    r"|out[- ]of[- ](?:the )?office(?: auto-?reply| reply| message)?|vacation(?: reply| message)"
    r"|away from (?:my |the )?(?:office|desk|mail)|automatische (?:antwort|rückmeldung|nachricht)"
    r"|abwesenheits(?:notiz|nachricht|meldung|assistent)|abwesenheit|nicht im büro"
    r"|réponse automatique|message automatique|absence du bureau|absent du bureau"
    r"|en congés?|respuesta automática"
    r"|fuera de (?:la )?oficina|ausente de la oficina|risposta automatica|fuori (?:sede|ufficio)"
    r"|automatisch antwoord|automatische reactie|afwezigheidsbericht|afwezig|niet aanwezig"
    r"|resposta automática|fora do escritório|ausência temporária|automatiskt? (?:svar|besked)"
    r"|autosvar|frånvaromeddelande|ikke på kontoret|fravær|automaattinen vastaus|poissaolo"
    r"|automatyczna odpowiedź|nieobecność|odpowiedź automatyczna|automatická odpověď|otomatik yanıt"
    r"|автоответ|автоматический ответ|自動返信|自动回复|自動回覆|不在通知|자동 회신)"
    r"(?:\s*(?:[:：]|-\s|–\s|\(|\[|$)|\s+(?:from|for|to|re|until|von|bis|auf|de|à|a|di|van|till)\b)",
    re.IGNORECASE,
)
# Sieve's vacation writes "Auto: SUBJECT" (RFC 5230 section 4.4); so may a seller of car parts.
_SIEVE = re.compile(r"auto:", re.IGNORECASE)
# Autoresponders say what they are in a sentence of its own.
_SAYS_SO = re.compile(
    r"^\W{0,8}(?:this is an? (?:automated|automatic|auto-?generated|system[- ]generated)\b"
    r"|please do not (?:reply|respond) to this (?:e-?mail|message|automated)"
    r"|diese (?:e-?mail|nachricht) wurde automatisch|dies ist eine automatische?"
    r"|bitte antworten sie nicht auf diese|ceci est un (?:e-?mail|message|courriel) automatique"
    r"|merci de ne pas répondre à ce|este es un (?:correo|mensaje) automático|no responda a este"
    r"|questa (?:e-?mail|è una) ?(?:risposta )?(?:automatica|generata)|dit is een automatisch"
    r"|esta é uma (?:mensagem|resposta) automática)",
    re.IGNORECASE | re.MULTILINE,
)
_AWAY = re.compile(
    r"\W{0,4}(?:(?:hello|hi|dear \w+|guten tag|bonjour|hola)\b[^\n]{0,20}\n\s*)?"
    r"(?:(?:many )?thank(?:s| you)[^\n.!]{0,60}[.!]?\s*)?"
    r"(?:(?:i am|i'm|i will be|we are|our office is) (?:currently |now )?(?:out of (?:the )?office"
    r"|away from (?:the |my )?(?:office|desk)|on (?:\w+ )?(?:leave|holiday|vacation))"
    r"|ich bin (?:derzeit|zur ?zeit|momentan|bis)\b[^\n.]{0,60}(?:nicht im|abwesend|im urlaub)"
    r"|je suis (?:actuellement )?(?:absente?|en congés?)"
    r"|ik ben (?:momenteel )?(?:afwezig|niet aanwezig)"
    r"|estoy (?:actualmente )?fuera de la oficina"
    r"|sono (?:attualmente )?fuori (?:sede|ufficio))",
    re.IGNORECASE,
)

_RESPONDER_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply",
                      "x-autoreply-from", "x-mail-autoreply", "x-auto-response")  # fmt: skip
# RFC 2369 and 2919, and what list managers wrote before those (Mailman, ezmlm, Yahoo).
_LIST_HEADERS = ("list-id", "list-unsubscribe", "list-post", "list-help", "list-subscribe",
                 "list-owner", "list-archive", "mailing-list", "x-mailing-list", "x-beenthere",
                 "x-mailman-version")  # fmt: skip
_UNSUBSCRIBE = re.compile(
    r"\bunsubscribe\b|\bmanage (?:your )?preferences\b|\babbestellen\b|\bdésabonner|\bdésinscri"
    r"|\bafmelden\b|\bdarse de baja\b|\bdisiscri|\bannulla l'iscrizione\b",
    re.IGNORECASE,
)
_GROUP_SERVICE = re.compile(r"groups\.google\.com|googlegroups\.com|google\.com/a/", re.IGNORECASE)


def bounce(message: Message, sender: Address | None) -> str:  # noqa: PLR0911 - one a rule
    """A delivery report: RFC 3464, or as mail servers worded it before and beside that."""
    kind = _report_type(message)
    if kind == "delivery-status":
        return "report-type: delivery-status"
    null = null_path(message)
    daemon = sender is None or is_daemon(sender)
    if any(part.content_type == "message/delivery-status" for part in message.attachments):
        return "part: message/delivery-status"
    if kind:
        return ""
    if not (null or daemon):
        by_mail = _MAIL_UNDELIVERED.match(message.subject)
        smtp = _SMTP.search(message.body.text[:4000]) if by_mail else None
        return f"wording: {smtp.group()}" if smtp else ""
    if _UNDELIVERED.search(message.subject[:300]):
        return f"subject: {message.subject[:80]}"
    said = _REPORT.search(message.body.text[:4000])
    if said:
        return f"wording: {said.group()}"
    if sender is not None and daemon and not sender.key.startswith("postmaster@"):
        return f"sender: {sender.addr}"
    return ""


def null_path(message: Message) -> bool:
    """Whether the envelope named nobody to answer: RFC 5321 section 4.5.5."""
    path = message.header("return-path").strip(" <>").casefold()
    return "return-path" in message.headers and path.partition("@")[0] in {"", "mailer-daemon"}


def response(message: Message) -> str:  # noqa: PLR0911 - one a rule
    """An autoresponder's answer to a mail: a vacation notice, a receipt, a read receipt."""
    if _report_type(message):  # disposition-notification (RFC 8098), feedback-report (RFC 5965)
        return f"report-type: {_report_type(message)}"
    if _first_word(message, "auto-submitted") == "auto-replied":  # RFC 3834 section 5
        return "auto-submitted: auto-replied"
    for name in _RESPONDER_HEADERS:
        if message.header(name) and _first_word(message, name) not in {"no", "false"}:
            return name
    if _first_word(message, "precedence") in {"auto_reply", "auto-reply", "autoreply"}:
        return "precedence: auto_reply"
    threaded = bool(message.in_reply_to or message.references)
    if _RESPONDER.match(message.subject) or (threaded and _SIEVE.match(message.subject)):
        return f"subject: {message.subject[:80]}"
    # Without a header a thread is needed too: a customer away from his office says so as well.
    if threaded and len(message.body.new) < 1500 and _AWAY.match(message.body.new):
        return "wording: away"
    return ""


def bulk(message: Message, house: House) -> str:
    """A mailing list or newsletter: RFC 2369, RFC 2919, Precedence (RFC 2076 section 3.9)."""
    own = came_by_own_list(message, house)
    for name in _LIST_HEADERS:
        for value in message.headers.get(name, ()):
            ours = _names_one_of(value, house.own_lists) or _GROUP_SERVICE.search(value)
            if not (own and ours):
                return f"{name}: {value[:80]}"
    if not own and _first_word(message, "precedence") in {"bulk", "list", "junk"}:
        return f"precedence: {_first_word(message, 'precedence')}"
    signs = tuple(_signs_of_number(message))
    return ", ".join(signs) if len(signs) > 1 else ""


def _signs_of_number(message: Message) -> Iterator[str]:
    """Weak evidence that a mail was sent in numbers; two together count. Exchange puts the first
    header on mail that people typed, Fastmail the second."""
    for name in ("x-auto-response-suppress", "feedback-id", "x-msfbl"):
        if message.header(name):
            yield name
    if "bounce" in message.header("return-path").casefold():
        yield "return-path"
    if _UNSUBSCRIBE.search(message.body.new[-3000:]):
        yield "unsubscribe"


def came_by_own_list(message: Message, house: House) -> bool:
    """Whether the shop's own group address delivered it."""
    return any(
        _names_one_of(value, house.own_lists)
        for name in ("list-id", "list-post")
        for value in message.headers.get(name, ())
    )


def automatic(message: Message) -> str:
    """Mail made by a program of its own accord, where no list is involved."""
    submitted = _first_word(message, "auto-submitted")
    if submitted and submitted != "no":  # RFC 3834 section 5
        return f"auto-submitted: {submitted}"
    if null_path(message):  # RFC 3834 section 2: there is nobody to answer
        return "return-path: <>"
    said = _SAYS_SO.search(message.body.new[:4000])
    return f"wording: {said.group().strip()}" if said else ""


def _report_type(message: Message) -> str:
    value = message.header("content-type").casefold()
    if not value.startswith("multipart/report") and message.content_type != "multipart/report":
        return ""
    found = re.search(r'report-type="?\s{0,9}([a-z-]{1,40})', value)
    return found.group(1) if found else ""


def _first_word(message: Message, name: str) -> str:
    found = re.match(r"[\w-]+", message.header(name).strip().casefold())
    return found.group() if found else ""


def _names_one_of(value: str, lists: Iterable[str]) -> bool:
    value = value.casefold()
    return any(
        own.casefold() in value or own.casefold().replace("@", ".") in value for own in lists
    )
