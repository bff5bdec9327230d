"""The occasions that a letter may name, and by which words a customer names them."""

import re

# The gravest first: a mail that names two is written for the first.
_WORDS = {
    "funeral": r"funeral(?! (?:money|fund))|cremation|burial",
    "memorial": r"(?<!tea )(?<!coffee )(?<!water )urn|(?:(?<='s )|(?<=his )|(?<=her )|(?<=their )"
    r"|(?<=the ))ashes|memorial(?! day)|headstone|gravestone|graveside|(?:(?<='s )|(?<=s' )"
    r"|(?<=his )|(?<=her )|(?<=their )|(?<=our )|(?<=family )|(?<=on a )"
    r"|(?<=the ))graves?(?! (?:concern|mistake|error|doubt|matter|danger))",
    "wedding": r"(?<!silver )(?<!golden )(?<!ruby )(?<!pearl )(?<!diamond )(?<!gold )"
    r"wedding(?! (?:photos?|groups?|anniversary|season))|(?:getting|get|gets) married",
    "christening": r"christening|baptism",
    "communion": r"(?:first|holy) communion",
    "Mother's Day": r"mother'?s'? day|mothering sunday",
    "Father's Day": r"father'?s'? day",
    "Valentine's Day": r"valentine'?s? day|valentine'?s",
    "anniversary": r"(?:silver|golden|gold|ruby|pearl|diamond) wedding"
    r"|anniversary(?! (?:edition|sale|offer|model))",
    "birthday": r"birthday|b-?day"
    r"|(?:(?<='s )|(?<=his )|(?<=her )|(?<=my )|(?<=our )|(?<=dads )|(?<=mums )|(?<=moms )"
    r"|(?<=nans )|(?<=grans )|(?<=sons )|(?<=mates )|(?<=friends )|(?<=sisters )|(?<=wifes )"
    r"|(?<=brothers )|(?<=husbands )|(?<=daughters ))(?:[2-9]0th|18th|21st|1st|first)"
    r"(?= (?:which |that )?(?:is|on|this|next|tomorrow)\b)"
    r"|(?:turns|turning|is|he's|she's|will be|is going to be) (?:\d{1,2}|one|two|three|four|five"
    r"|six|seven|eight|nine|ten|eleven|twelve|eighteen|twenty-one|[a-z]{3,5}ty)"
    r"(?= (?:on|this|next|tomorrow)\b)",
    "St Nicholas' Day": r"(?:st\.?|saint|san) nicholas'?s?(?: day)?|nikolaus(?:tag)?|sinterklaas",
    "Christmas": r"christmas(?: day| eve)?|xmas",
    "Easter": r"easter(?: sunday)?",
    "Eid": r"eid(?: al-\w+)?",
    "Diwali": r"diwali",
    "Hanukkah": r"c?hanukk?ah",
    "Halloween": r"hallowe'?en",
    "Thanksgiving": r"thanksgiving",
    "graduation": r"graduation",
    "prom": r"prom(?: night)?",
    "baby shower": r"baby shower",
    "housewarming": r"house-?warming",
    "party": r"(?<!third )(?<!3rd )party(?! (?:bags?|wall|line|platters|seller))|hen (?:do|night)",
    "holiday": r"(?<!bank )holidays?(?! (?:flat|home|season|rush|cottage|let|period))|vacation",
}
OCCASIONS = tuple(_WORDS)
FEASTS = {f"o{place}": what for place, what in enumerate(OCCASIONS)}
NAMED = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<o{place}>{words})" for place, words in enumerate(_WORDS.values()))
    + r")(?!\w)"
)
GRAVE = ("funeral", "memorial")
