"""Addresses: which are the shop's own, which nobody reads, which belong together."""

import re

from triage.message import Address
from triage.origin.types import House

# Providers whose domain says nothing about a shop: a mail from gmail.com is not "the shop's own
# domain" even when the shop lives there, and a person behind a form has such an address. TLDs
# vary (yahoo.co.uk, gmx.de), so these are the names in front of them.
FREEMAIL = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|rocketmail|aol|icloud|me|mac|gmx|web"
    r"|t-online|freenet|posteo|mailbox|proton|protonmail|pm|tutanota|tuta|fastmail|hey|zoho|mail"
    r"|yandex|rambler|bk|inbox|orange|wanadoo|free|sfr|laposte|bbox|neuf|libero|virgilio|alice|tin"
    r"|tiscali|btinternet|btopenworld|sky|talktalk|virginmedia|ntlworld|blueyonder|plusnet|ziggo"
    r"|kpnmail|planet|xs4all|home|telenet|skynet|bluewin|sunrise|hispeed|comcast|verizon|att"
    r"|sbcglobal|bellsouth|cox|charter|earthlink|shaw|rogers|bigpond|optusnet|xtra|telia|bredband"
    r"|seznam|centrum|wp|o2|onet|interia|op|uol|terra|qq|163|126|sina|naver|daum|hanmail)"
    r"\.(?:[a-z]{2,4}|co\.[a-z]{2}|com\.[a-z]{2}|ne\.jp)"
)

# Local parts nobody reads, their separators removed. RFC 3834 asks robots to say so in a header;
# most say it only here. Seen in bilingual pairs too (donotreply-nepasrepondre@).
_NO_REPLY = re.compile(
    r"(?:do|please)?(?:not?|nicht|never)(?:re?pla?[iy]e?|respon[ds]e?|antwort|reponse)"
    r"|do(?:nt|not)(?:reply|respond)|(?:un|non)attended|unmonitored|automail|autoreply|autorespond"
    r"|(?:ne)?pas(?:de)?(?:repondre|reponse)|sansreponse|keineantwort|kein(?:e)?reply"
    r"|norespond(?:er|a|ais)|sinrespuesta|nocontestar|nonrispond(?:ere|i)|nao?respond(?:a|er)"
    r"|geenantwoord|niet(?:be)?antwoord(?:en)?|nietreageren|svarainte|svarikke|ikkesvar|ikkebesvar"
    r"|eivasta|alavastaa|nieodpowiadaj|prosimynieodpowiadac|neodpovidat|nevalaszolj|otvetitnelzya"
)
# Robots that need no "no": matched as a whole local part. `wordpress` is what WordPress puts
# before the site's domain when nothing is configured (wp_mail).
_ROBOT = re.compile(
    r"(?:e?mail|web)?(?:robot|bot|daemon)|mailer|notif(?:y|ications?|ier)|alerts?|bounces?|wordpress"
    r"|www(?:data)?|apache|nobody|root|cron|auto(?:mated|mailer|confirm)?|listserv|majordomo"
    r"|benachrichtigung(?:en)?|notificacion(?:es)?|notifich[ae]|powiadomienia|meldingen"
)
_DAEMON = re.compile(r"mailer-?daemon|mail-?daemon|(?:mail|mta)\.?delivery.*|postmaster|mdaemon")

_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov", "edu", "ne", "or"})


def canonical(addr: str) -> str:
    """The address for "is it the same person": case folded, without a plus tag (RFC 5233), and
    for Gmail without dots and under one domain."""
    local, _, domain = addr.casefold().rpartition("@")
    local = local.partition("+")[0]
    if domain in {"gmail.com", "googlemail.com"}:
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"


def is_own(address: Address, house: House) -> bool:
    """Whether it is one of the owner's addresses or the shop's group addresses."""
    own = {canonical(each.addr) for each in house.addresses}
    own |= {canonical(each) for each in house.own_lists if "@" in each}
    return canonical(address.addr) in own


def is_own_domain(domain: str, house: House) -> bool:
    """Whether a domain is the shop's, which a freemail provider's never is."""
    own = {each.domain for each in house.addresses}
    return domain in own and FREEMAIL.fullmatch(domain) is None


def is_no_reply(address: Address) -> bool:
    """Whether nobody reads what is sent there."""
    local = address.key.rpartition("@")[0][:64]
    squeezed = re.sub(r"[^a-z]", "", local)
    return bool(_NO_REPLY.search(squeezed) or _ROBOT.fullmatch(squeezed) or is_daemon(address))


def is_daemon(address: Address) -> bool:
    """Whether it is a mail server itself that writes (RFC 2142, RFC 5321 section 4.5.1)."""
    return _DAEMON.fullmatch(address.key.rpartition("@")[0][:64]) is not None


def organisation(domain: str) -> str:
    """The registrable part of a domain, by rule of thumb: news.shop.co.uk gives shop.co.uk."""
    labels = domain.casefold().split(".")
    long = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3:] if long else labels[-2:])
