"""The customer's first name, or None: a wrong name is worse than none.

Three places say it: the sign-off, "my name is", and the display name. Each is believed only where
the given name can be told for certain, and none where two of them name different people (a wife
writes from her husband's account). A name that is not known is believed only where one is signed
with it alone and the display name or the address bears it too.
"""

import re
from dataclasses import dataclass
from itertools import islice

from triage.facts.given_name import cased, formal, full_name, given_name, shaped
from triage.facts.known_names import folded, is_also_given, is_family, is_given
from triage.facts.vocabulary import PARTICLES, TITLES

_CLOSINGS = (
    r"(?:(?:many|with|much|so many|sincere) )?(?:thank ?you|thanks?|thx|ta|cheers|regards)"
    r"|(?:with )?(?:kind(?:est)?|best|warm(?:est)?|good|all(?: the)?) ?(?:regards|wishes|best)?"
    r"|warmly|yours?(?: \w+)?|sincerely|respectfully|cordially|greetings|love|hugs|kisses|take care"
    r"|looking forward|hope to hear|bye|every blessing|blessings|so sorry|with respect|xoxo"
    r"|mit (?:freundlichen|besten|lieben|herzlichen) grü(?:ß|ss)en"
    r"|(?:(?:viele|beste|liebe|freundliche|herzliche) )?grü(?:ß|ss)e|mfg|lg|vg|danke|vielen dank"
    r"|cordialement|bien à vous|salutations|amicalement|merci"
    r"|met vriendelijke groet(?:en)?|groet(?:en|jes)?|mvg"
    r"|saludos|un saludo|atentamente|gracias|cordiali saluti|distinti saluti|saluti|grazie"
    r"|obrigad[oa]|cumprimentos|atenciosamente|(?:med )?vänliga? hälsning(?:ar)?|hälsningar|mvh"
    r"|(?:venlig )?hilsen|tack|takk|tak|ystävällisin terveisin|pozdrawiam|dziękuję|see you then"
    r"|wish me luck"
)
# A line that begins with a closing phrase and is little more: "Thanks a lot,", "Yours, vibrating,".
_CLOSING = re.compile(rf"[\s*_]{{0,4}}(?:{_CLOSINGS})(?![^\W_]).{{0,30}}", re.IGNORECASE)
# "... by Friday. Thanks, Jean": without the comma only a known name is believed ("Thanks guys").
_CLOSED_INLINE = re.compile(
    rf"(?:^|[.!?…)]\s|\n)\s?(?:{_CLOSINGS})(?: again| a lot| so much| very much| kindly)?"
    r"(?P<stop>[,.!–—-]|\s[–—-])?\s+(?P<name>[^\n,.!?;:]{2,40})[.!]?$",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?:sent (?:from|with|by|via)|get outlook|von meinem|gesendet (?:von|mit)|envoyé (?:de|depuis)"
    r"|verzonden|verstuurd|enviado|inviato|skickat|sendt|lähetetty|wysłane|mob(?:ile)?|tel|phone)\b",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"(?<![^\W_])(?:(?P<sure>[Mm]y name is|[Mm]ein Name ist|[Ii]ch hei(?:ß|ss)e|[Jj]e m['’]appelle"
    r"|[Mm]e llamo|[Mm]i chiamo)|I['’]m|I am|[Tt]his is|[Ii]t['’]s)\s{1,2}"
    r"(?P<name>[^\W\d_][\w'’-]{1,30})"
    r"(?=\s*(?:[,.!\n]|from\b|here\b|calling\b|again\b|and\b|[A-Z]))"
)
# Not behind an initial or a title: "S. Irving", "St. Olaf Lutheran".
_LAST_WORDS = re.compile(
    r"(?:(?<!\b[^\W\d_])(?<!\b(?:St|Fr|Dr|Mr|Ms))(?<!\b(?:Mrs|Rev|Sgt))(?<!\bMiss)[.)]|[!?…]"
    r"|\s[–—-])\s{1,3}(?P<name>[^\W\d_]+(?: [^\W\d_]+)?)[.!]?$"
)
_KISSES = re.compile(r"\s+x{1,4}$", re.IGNORECASE)
_DECORATION = " .,!*_-–—~"
_TAIL = 1500  # characters at the end of a text in which a sign-off is looked for
_HEAD = 5000  # characters at its start in which people introduce themselves


@dataclass(frozen=True, slots=True)
class _SignOff:
    """Who signed: `given` is None where the sign-off tells no given name ("P. Smith")."""

    given: str | None
    words: tuple[str, ...]


def first_name(display: str, text: str, signature: str, address: str = "") -> str | None:
    """The writer's first name from the display name, the text written and the signature below it.

    None means: greet neutrally. Letters of one script, their marks, apostrophes, hyphens and
    one space at most ("Mary Ann"); `address` is the writer's.
    """
    if borne := _borne(display, text):
        return borne
    shown = given_name(display, alone=False) or _addressed(display, address)
    signed = _sign_off(text, signature)
    if signed is None:
        told = _introduced(text)
        return _agreed(told, shown, display) if told else shown
    if signed.given is None:
        return _vouched(signed, shown, display, address)
    return _agreed(signed.given, shown, display)


def signed_as(text: str, signature: str) -> tuple[str, ...]:
    """The words with which the writer signs, no more than a name's; none where he does not."""
    signed = _sign_off(text, signature)
    return signed.words if signed else ()


def _borne(display: str, text: str) -> str | None:
    """The part of the display name that stands alone on the last line. Where both say so a name may
    be a word ("Hope", from Hope Danvers) or one that no list has ("Swee Hong", from Lim Swee Hong);
    but a family name is none, and what stands behind a first name may be one."""
    named = full_name(display)
    return next(filter(None, (_part(line, named) for line in _last_lines(text))), None)


def _part(line: str, named: list[str]) -> str | None:
    """A line as the given part of a full name."""
    parts = [cased(word) for word in _KISSES.sub("", line).strip(_DECORATION).split()]
    if not named or not 0 < len(parts) <= min(2, len(named) - 1) or None in parts:
        return None
    signed, whole = [folded(part) for part in parts if part], [folded(word) for word in named]
    if signed == whole[: len(signed)]:
        family = is_family(named[0]) and not (is_given(named[0]) or is_also_given(named[0]))
    else:
        first = named[0]
        family = not is_family(first) or is_given(first) or is_also_given(first)
        family |= signed != whole[-len(signed) :] or any(map(is_family, signed))
    return None if family else " ".join(part for part in parts if part)


def _last_lines(text: str) -> list[str]:
    """The last three, the last one first, without what a phone puts below them."""
    lines = (line.strip() for line in reversed(text[-_TAIL:].split("\n")))
    return list(islice((line for line in lines if line and not _PHONE.match(line)), 3))


def _addressed(display: str, address: str) -> str | None:
    """The display name "kayden" of kayden.mullins@: a given name, though no list has it."""
    local = re.fullmatch(r"([^\W\d_]+)[._-]([^\W\d_]{2,})\d{0,4}", address.partition("@")[0])
    word = display.strip()
    if local is None or folded(word) != folded(local[1]) or is_given(local[2]):
        return None
    return shaped(word)


def _vouched(signed: _SignOff, shown: str | None, display: str, address: str) -> str | None:
    """The name of one who signs with initials, or with a word that is no known given name."""
    word, bears = signed.words[0], {folded(each.strip(",")) for each in display.split()}
    if len(signed.words) > 1 or len(word.strip(".")) == 1:
        return (shown or _before_family(signed, display)) if _fits(signed, display) else None
    if shown:
        return shown if folded(word) in bears else None
    begins = re.match(r"[^\W\d_]*", address.partition("@")[0])
    return shaped(word) if folded(word) in bears | {begins[0].lower() if begins else ""} else None


def _before_family(signed: _SignOff, display: str) -> str | None:
    """The first name of Walter Lindemann, who signs "W. Lindemann": which is his family name he has
    said himself."""
    named = full_name(display)
    if len(named) != 2 or len(signed.words) != 2 or folded(named[1]) != folded(signed.words[1]):
        return None
    return cased(named[0]) if is_given(named[0]) or is_also_given(named[0]) else None


def _agreed(told: str, shown: str | None, display: str) -> str | None:
    """The name as its bearer writes it, unless the display name is somebody else's."""
    if shown is None:
        initial = re.match(r"\s{0,4}([^\W\d_])\.?\s", display)
        return None if initial and folded(initial[1]) != folded(told)[0] else told
    one, other = folded(told), folded(shown)
    if one in other or other in one:
        return told
    # "Regards, Smith" from John Smith: the sign-off is the family name.
    family = {folded(word.strip(",")) for word in display.split()}
    return shown if one in family else None


def _sign_off(text: str, signature: str) -> _SignOff | None:
    lines = [line.strip() for line in text[-_TAIL:].split("\n")]
    while lines and (not lines[-1] or _PHONE.match(lines[-1])):
        lines.pop()
    if not lines:
        return None
    blank = max((place for place, line in enumerate(lines) if not line), default=-1)
    block = lines[blank + 1 :]  # the last lines without a blank one between them
    above = next((line for line in reversed(lines[: blank + 1]) if line), "")
    for closing, name in zip([above, *block], block, strict=False):
        if _CLOSING.fullmatch(closing) and (signed := _signed(name, closed=True)):
            return signed
    inline = _CLOSED_INLINE.search(_KISSES.sub("", block[-1][-120:]))
    if inline and (signed := _signed(inline["name"], closed=inline["stop"] is not None)):
        return signed
    # A block of its own begins with the name, unless the line is a sentence that goes on.
    goes_on = len(block) > 1 and block[1][:1].islower()
    own = block[:1] if blank >= 0 and not goes_on else []
    top = next((line.strip() for line in signature[:400].split("\n") if line.strip()), "")
    for line in (*own, top):
        if signed := _signed(line, closed=False):
            return signed
    return _known(block[-1])


def _signed(line: str, *, closed: bool) -> _SignOff | None:
    """A line as a name. `closed`: a closing phrase stood before it; else the given name must be a
    known one, for a firm's name looks like a person's."""
    line = _KISSES.sub("", line.strip(" *_-–—~,")).strip(" .!*")
    line, _, role = line.partition(",")  # here a comma begins a place: "Craig, Blue Door"
    words = tuple(re.sub(r"\s*\(.*", "", line).split())
    if len(line) > 50 or role.strip()[:1].islower() or not _like_a_name(words):
        return None
    if formal(line):
        return _SignOff(None, (line,))
    if "&" in words or "and" in words or words[0].strip(".").lower() in TITLES:
        # Two people, or somebody formal: the greeting had better be neutral, or with the name said.
        return _SignOff(given_name(line, alone=False), words) if closed or "&" in words else None
    given = given_name(line, alone=closed)
    if given is None:
        initials = len(words) > 1 and all(len(word.strip(".")) == 1 for word in words[:-1])
        unknown = closed and len(words) == 1 and shaped(words[0]) is not None
        family = closed and len(words) == 1 and is_family(words[0])
        return _SignOff(None, words) if initials or unknown or family else None
    return _SignOff(given, words) if closed or is_given(words[0]) else None


def _like_a_name(words: tuple[str, ...]) -> bool:
    """One to three words, each written as a name is, or all small ("jean dupont"): "Mark my words"
    begins a sentence."""
    names = [word for word in words if word.lower() not in PARTICLES | TITLES | {"and", "&"}]
    small = all(word.islower() for word in names) and len(names) <= 2
    return bool(words) and len(names) <= 3 and (small or not any(map(str.islower, names)))


def _known(line: str) -> _SignOff | None:
    """The last line, or what stands behind its last sentence, if it begins with a known name."""
    line = _KISSES.sub("", line[-120:])
    behind = _LAST_WORDS.search(line)
    for name in (line, behind["name"] if behind else ""):
        words = tuple(name.strip(" -–—.!").split())
        if len(words) <= 3 and _like_a_name(words) and is_given(words[0]):
            named = all(word[0].isupper() for word in words[1:])
            given = given_name(" ".join(words), alone=False) if named else None
            if given:
                return _SignOff(given, words)
    return None


def _introduced(text: str) -> str | None:
    for found in _INTRODUCTION.finditer(text[:_HEAD]):
        if found["sure"] or is_given(found["name"]):
            known = given_name(found["name"], alone=True)
            return known or (shaped(found["name"]) if found["sure"] else None)
    return None


def _fits(signed: _SignOff, display: str) -> bool:
    """Whether the initials of a sign-off fit the display name: else another person signed."""
    if len(signed.words[0].strip(".")) > 1:
        return False
    return signed.words[0][0].lower() == display.strip()[:1].lower()
