"""Marketplaces: buyers who write through a relay, and where the answer belongs.

A marketplace stands between buyer and shop in one of two ways. A relay gives the buyer an address
of its own: a reply by e-mail reaches the buyer, provided that it keeps the thread and comes from
the registered address (rule 32). A notice from a shared address only tells that something was
written: the answer is given inside. A payment provider is such a place for one thing only, the
dispute a buyer opens there; whatever else it sends is its own.

Evidence, where there is some, stands beside the entry. "Imitated" means: built after the pattern
of the others and after descriptions, not verified with a real mail.
"""

import re
from dataclasses import dataclass

from triage.message import Address, Message

_TLD = r"(?:com|net|eu|(?:com?\.)?[a-z]{2})"


@dataclass(frozen=True, slots=True)
class Marketplace:
    """`relay` are domains on which each buyer has an address; `inside`, whether the answer must be
    given in the marketplace; `site` the domains of its own notices; `pays`, whether it handles
    payments, so that only a dispute there is a buyer's."""

    name: str
    site: re.Pattern[str]
    relay: re.Pattern[str] | None = None
    inside: bool = True
    pays: bool = False


def _entry(
    name: str, site: str, relay: str = "", *, inside: bool = True, pays: bool = False
) -> Marketplace:
    return Marketplace(
        name,
        re.compile(rf"(?:[a-z0-9-]+\.)*{site}"),
        re.compile(relay) if relay else None,
        inside,
        pays,
    )


MARKETPLACES = (
    # Seller Central help, Buyer-Seller Messages: each buyer has an alias, to be used like any
    # address, from an authorised sender, and in the buyer's own thread.
    _entry("Amazon", rf"amazon\.{_TLD}", rf"marketplace\.amazon\.{_TLD}", inside=False),
    # eBay help, member-to-member contact policy: 63ae...@members.ebay.com; sellers' portal 2020:
    # "simply write to the alias".
    _entry("eBay", rf"ebay\.{_TLD}", rf"members\.ebay\.{_TLD}", inside=False),
    # Walmart Marketplace Learn: orders carry customerEmailId ...@relay.walmart.com; inquiries go
    # to Seller Center or to the seller's customer care address. A reply by e-mail: imitated.
    _entry("Walmart", rf"walmart\.{_TLD}", r"relay\.walmart\.com", inside=False),
    # bol partner platform, 15 February 2022: questions come from @klantbericht.bol.com (first
    # contact @verkopen.bol.com) and may be answered there.
    _entry("bol", r"bol\.com", r"(?:klantbericht|verkopen)\.bol\.com", inside=False),
    # Relay addresses ...-ek-ek@mail.kleinanzeigen.de, From is the address to answer (public
    # integrations agree). Reply by e-mail: imitated.
    _entry(
        "Kleinanzeigen",
        r"(?:ebay-)?kleinanzeigen\.de",
        r"mail\.(?:ebay-)?kleinanzeigen\.de",
        inside=False,
    ),
    # Relay addresses ...@messagerie.leboncoin.fr. Reply by e-mail: imitated.
    _entry("leboncoin", r"leboncoin\.fr", r"messagerie\.leboncoin\.fr", inside=False),
    # Buyers have masked addresses ...+...@allegromail.pl; sellers report that Allegro cuts the
    # text out of mails sent there, so the answer belongs inside.
    _entry("Allegro", r"allegro(?:mail)?\.(?:pl|com|cz|sk|hu)", r"allegromail\.(?:pl|com)"),
    # Etsy help, "How to Send Messages to Buyers": answers are given in Messages. The notices of
    # messages come from conversations@mail.etsy.com (Etsy help, list of sender addresses).
    _entry("Etsy", r"etsy\.com"),
    _entry("Vinted", rf"vinted\.{_TLD}"),  # notices from no-reply@vinted.TLD
    _entry("Faire", r"faire\.com"),  # Faire help: Messenger is the way to talk to retailers
    _entry("Reverb", r"reverb\.com"),  # Reverb help: keep communication on Reverb
    _entry("Discogs", r"discogs\.com"),  # imitated
    _entry("Depop", r"depop\.com"),  # imitated
    _entry("Mercari", r"mercari\.(?:com|jp)"),  # imitated
    _entry("Poshmark", r"poshmark\.(?:com|ca)"),  # imitated
    _entry("OnBuy", r"onbuy\.com"),  # imitated
    _entry("Folksy", r"folksy\.com"),  # imitated
    _entry("Not On The High Street", r"notonthehighstreet\.com"),  # imitated
    _entry("Facebook Marketplace", r"facebook(?:mail)?\.com"),  # imitated
    # Payment providers. service@paypal.TLD bears no "no-reply" and yet is nobody's.
    _entry("PayPal", rf"paypal\.{_TLD}", pays=True),
    _entry("Stripe", r"stripe\.com", pays=True),
    _entry("Klarna", rf"klarna\.{_TLD}", pays=True),
    _entry("Square", r"square(?:up)?\.com", pays=True),
    _entry("Shopify Payments", r"shopify\.com", pays=True),
    _entry("SumUp", rf"sumup\.{_TLD}", pays=True),
    _entry("Wise", r"(?:transfer)?wise\.com", pays=True),
)

# Senders that carry nothing but buyers' messages.
_MESSENGERS = frozenset({"conversations@mail.etsy.com"})

# What tells a buyer's message from the marketplace's own notices, in a subject line. "Message"
# alone will not do: marketplaces send important messages of their own.
_BUYER = re.compile(
    r"\b(?:sent|left|wrote) you a (?:new )?(?:message|question)"
    r"|\bnew (?:buyer |customer )?(?:message|question|enquiry|inquiry) (?:from|about|for|on)\b"
    r"|^(?:you(?:'ve| have)? (?:got|received?) )?an? new message\b"
    r"|\bmessage from (?:an? |your )?(?:buyer|customer|shopper|retailer)\b"
    r"|\b(?:needs? help|problem) with (?:an |your |their )?(?:order|item|listing|purchase)\b"
    r"|\b(?:has|asked(?: you)?) a question\b|\bhelp request\b"
    r"|\b(?:opened|started) an? (?:case|dispute|return|request)\b"
    r"|\b(?:return|refund|cancell?ation) request(?:ed)?\b|\brequest(?:ed|s) a (?:return|refund)\b"
    r"|\b(?:neue|eine) (?:nachricht|anfrage|nutzer-anfrage|frage)\b|\bfrage zu (?:deinem|ihrem)\b"
    r"|\b(?:nouveau|un) message (?:de|pour|à propos)\b|\bt'a envoyé un message\b"
    r"|\b(?:nuevo mensaje|nuovo messaggio|nieuw bericht|nova mensagem|nowa wiadomość)\b",
    re.IGNORECASE,
)

# A dispute at a payment provider, in a subject line.
_DISPUTE = re.compile(
    r"\b(?:disput(?:e|es|ed|a)|chargebacks?|claims?|inquiry|litige|réclamation|geschil"
    r"|reclamación|contestazione|konflikt|käuferschutz\w*|rückbuchung|zahlungsstreit)\b"
    r"|\b(?:an?|new|your|opened|open|re) case\b|\bcase (?:id|number|opened|no|pp)\b|\bPP-[A-Z]",
    re.IGNORECASE,
)
# One that is over asks for nothing.
_OVER = re.compile(
    r"\b(?:closed|resolved|decided|won|lost|withdrawn|cancell?ed|geschlossen)\b", re.IGNORECASE
)
# An open one in the text, where receipts tell how one would be opened.
_OPENED = re.compile(
    r"\b(?:opened|filed|raised|started) an? (?:\w+ ){0,2}"
    r"(?:case|dispute|claim|chargeback|inquiry)\b"
    r"|\b(?:is|has) disput(?:ing|ed) (?:an?|the|this|their) ",
    re.IGNORECASE,
)


def of(domain: str) -> Marketplace | None:
    """The marketplace that owns a domain, with whatever it sends."""
    return next((each for each in MARKETPLACES if each.site.fullmatch(domain)), None)


def answered_by_mail(sender: Address, *, robot: bool) -> bool:
    """Whether a buyer's relay address sent it and takes the answer.

    `robot` says that nobody reads the address: on a relay's domain it is the marketplace's own.
    """
    found = of(sender.domain)
    return found is not None and not found.inside and _relays(found, sender, robot=robot)


def answered_inside(message: Message, sender: Address, *, robot: bool) -> str | None:
    """The name of the marketplace in which a buyer wrote this message; None when nobody did."""
    found = of(sender.domain)
    if found is None:
        return None
    if found.pays:
        # A shop's form comes from shopify.com as well, and names its customer in Reply-To.
        form = any(of(each.domain) is not found for each in message.reply_to)
        return found.name if _disputed(message) and not form else None
    told = sender.key in _MESSENGERS or _BUYER.search(message.subject[:300])
    return found.name if told or _relays(found, sender, robot=robot) else None


def _disputed(message: Message) -> bool:
    subject = message.subject[:300]
    if _OVER.search(subject):
        return False
    return bool(_DISPUTE.search(subject) or _OPENED.search(message.body.new[:4000]))


def _relays(found: Marketplace, sender: Address, *, robot: bool) -> bool:
    return found.relay is not None and bool(found.relay.fullmatch(sender.domain)) and not robot
