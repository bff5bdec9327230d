"""What mail programs write around a mail they quote, in the languages they speak. Data only.

English, German, French, Dutch, Spanish, Italian, Portuguese, Danish, Norwegian, Swedish, Finnish;
all in case-folded form.
"""

import re


def _phrases(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("|"))


# The verb of "On Tuesday Ann wrote:". It ends the line, or the writer's name follows it.
WROTE = re.compile(
    r"(?<!\w)(?:wrote|writes|said|mentioned|schrieb|schreibt|a écrit|a ecrit|écrivait|schreef"
    r"|geschreven|escribió|escribio|ha scritto|scrive|escreveu|skrev|skreiv|kirjoitti)(?!\w)"
)
# "Quoting Ann <ann@example.com>:" of Horde and its kin.
QUOTING = ("quoting ", "zitat von ", "zitiere ", "citando ", "en réponse à ", "citeren ")

# The fields of the header that Outlook and others put above the mail answered or forwarded.
LABELS = {
    label: kind
    for kind, labels in {
        "from": "from|von|de|van|da|fra|från|lähettäjä|expéditeur|mittente|remitente",
        "date": "sent|date|gesendet|datum|envoyé|envoyé le|verzonden|enviado|enviado el|fecha"
        "|inviato|data|enviada em|enviado em|enviada|sendt|dato|skickat|skickat den|lähetetty"
        "|päivämäärä|päiväys|sent on|received|empfangen",
        "to": "to|an|à|pour|aan|para|a|til|till|vastaanottaja|destinataire|destinatario",
        "cc": "cc|kopie|kopie (cc)|kopi|kopia|copie|copie à|copia|bcc",
        "subject": "subject|betreff|objet|sujet|onderwerp|asunto|oggetto|assunto|emne|ämne|aihe",
        "reply-to": "reply-to|antwort an|répondre à|responder a|rispondi a|svar til|svara till"
        "|beantwoorden|importance|priorität|wichtigkeit|attachments|anlagen",
    }.items()
    for label in labels.split("|")
}

# The words of "-----Original Message-----".
ORIGINAL = _phrases(
    "original message|original mail|ursprüngliche nachricht|original-nachricht|originalnachricht"
    "|message d'origine|message original|oorspronkelijk bericht|origineel bericht"
    "|mensaje original|messaggio originale|mensagem original|oprindelig meddelelse"
    "|original meddelelse|opprinnelig melding|opprinnelig e-post|ursprungligt meddelande"
    "|originalmeddelande|alkuperäinen viesti"
)
FORWARDED = _phrases(
    "forwarded message|weitergeleitete nachricht|message transféré|message transmis"
    "|doorgestuurd bericht|mensaje reenviado|messaggio inoltrato|mensagem encaminhada"
    "|mensagem reencaminhada|videresendt meddelelse|videresendt besked|videresendt melding"
    "|vidarebefordrat meddelande|välitetty viesti|forwarded by"
    "|begin forwarded message|anfang der weitergeleiteten nachricht"
    "|anfang der weitergeleiteten e-mail|début du message réexpédié|début du message transféré"
    "|begin doorgestuurd bericht|inicio del mensaje reenviado|inizio messaggio inoltrato"
    "|início da mensagem encaminhada|início da mensagem reencaminhada"
    "|start på videresendt besked|videresendt besked starter her|start på videresendt melding"
    "|vidarebefordrat brev|välitetty viesti alkaa"
)

# How the line begins that names the writer and the day of the mail answered.
LEAD = re.compile(
    r"(?:on|am|le|op|el|il|em|den|no dia|a|às|em|man|tir|tirs|ons|tor|tors|fre|lør|søn|mån|tis"
    r"|lör|sön|ma|ti|ke|to|pe|la|su)[ .,]"
)

# How a subject says that the mail is passed on.
FORWARD_PREFIXES = _phrases("fw:|fwd:|wg:|tr:|rv:|enc:|i:|doorst:|vs:|vb:|vl:")

# How a few words of the writer's own say that the matter stands below.
BELOW = re.compile(
    r"(?<!\w)(?:below|beneath|underneath|forward(?:ed|ing)|unten\w*|weitergeleitet\w*|ci-dessous"
    r"|hieronder|onderstaande?|abajo|sotto|abaixo|nedenfor|nedan\w*|alla olev\w*)(?!\w)"
)

# The line a phone or an app signs with: how it begins, and what it must name besides.
SENT_FROM = re.compile(
    r"(?:sent (?:from|via|with|using)|von mein\w*|von samsung|gesendet (?:von|mit|über|aus)"
    r"|diese nachricht wurde|envoyé (?:de|depuis|à partir|avec|par)"
    r"|(?:verzonden|verstuurd|gestuurd) (?:vanaf|van|met|via|vanuit)"
    r"|enviad[oa] (?:desde|do|de|a partir|via|con|com|pelo)"
    r"|inviat[oa] (?:da|dal|con|tramite)|sendt (?:fra|med|via)|skickat (?:från|med|via)"
    r"|skickades från|lähetetty)(?!\w)"
)
DEVICE = re.compile(
    r"iphone|ipad|ipod|android|samsung|galaxy|huawei|xiaomi|oneplus|pixel|nokia|blackberry"
    r"|windows|outlook|yahoo|gmail|gmx|web\.de|proton|aol|libero|bluemail|mail app|app mail"
    r"|mailapp|mobil|smartphone|handy|telefon|teléfono|téléphone|phone|puhelin|tablet|gerät"
    r"|device|mail for|correo para|posta per|courrier pour|e-mail voor"
)
GET_APP = re.compile(
    r"(?:get|download|outlook|holen sie|laden sie|télécharge[rz]|obten\w*|obtenir|baixe|obter"
    r"|scarica|ottieni|hent|få|last ned|hämta|skaffa|hanki)(?!\w).{0,30}"
    r"(?<!\w)(?:outlook|bluemail|ios|android)(?!\w)"
)
