"""What is broken on a thing, as its owner tells it: "the split leg". Pure.

Both words come from closed lists, so that nothing of a customer's text reaches a letter through
them, and both stand beside each other in one clause, which says neither that it did not happen nor
that it was another thing's.
"""

import re

from triage.facts.phrase import any_of, flat

# A part or a plain thing; packaging is none, which may be crushed around goods that are whole.
_PARTS = (
    *("acrylic", "arm", "axle", "back", "bag", "base", "binding", "blanket", "boot", "bottle"),
    *("bowl", "bracelet", "brooch", "buckle", "button", "cable", "cake", "candle", "canvas", "cap"),
    *("cardigan", "chain", "clasp", "coat", "coating", "collar", "cord", "cork", "corner", "cover"),
    *("cuff", "cup", "cushion", "dish", "door", "drawer", "dress", "earring", "edge", "elbow"),
    *("eye", "fastening", "finish", "foot", "frame", "glass", "glaze", "glove", "handle", "hat"),
    *("heel", "hem", "hinge", "holder", "hook", "jacket", "jar", "jersey", "joint", "journal"),
    *("jug", "jumper", "knob", "label", "lace", "lamp", "leather", "leg", "lens", "lid", "lining"),
    *(
        "link",
        "mirror",
        "mug",
        "necklace",
        "needle",
        "notebook",
        "nozzle",
        "page",
        "paint",
        "panel",
    ),
    *("pendant", "pillow", "pin", "plate", "plug", "pocket", "post", "poster", "pot", "print"),
    *("pump", "purse", "rim", "ring", "rocker", "rod", "rope", "rug", "saucer", "screen", "screw"),
    *("seal", "seam", "seat", "setting", "shade", "shawl", "sheet", "shelf", "shirt", "shoe"),
    *("sleeve", "slipper", "soap", "sock", "sole", "spine", "spout", "spring", "stand", "stem"),
    *("stirrup", "stitching", "stone", "stool", "stopper", "strap", "string", "surface"),
    *("sweater", "switch", "teapot", "thread", "tile", "tin", "toe", "top", "tote", "towel"),
    *("tray", "trunk", "varnish", "vase", "veneer", "wallet", "wheel", "wick", "wing", "wire"),
    *("yarn", "zip", "zipper"),
)
# What is said of it, by the word for it that stands before it: "the smashed lid".
_STATES = {
    "smashed": r"(?:smashed|shattered)(?: to (?:bits|pieces))?|in (?:bits|smithereens|shards)",
    "broken": r"broken?(?! in[.,!?])|snapped|in (?:half|pieces)"
    r"|in (?:two|three|four|five|several|a dozen) (?:bits|pieces)",
    "cracked": r"cracked|(?:has|had|with) a (?:\w+ )?crack",
    "chipped": r"chipped|(?:has|had|with) a (?:\w+ )?chip\b",
    "split": r"split(?:ting)?",
    "torn": r"torn|ripped|tore",
    "scratched": r"scratched|(?:has|had|with) a (?:\w+ )?scratch|covered in scratches",
    "bent": r"bent",
    "dented": r"dented|(?:has|had|with) a (?:\w+ )?dent",
    "crushed": r"crushed|squashed|stove in",
    "loose": r"loose|coming (?:loose|undone|apart|away)",
    "leaking": r"leak(?:s|ing|ed)|weep(?:s|ing)|seep(?:s|ing)",
    "warped": r"warped",
    "frayed": r"fray(?:ed|ing|s)|unravel(?:led|ling|s)",
    "faded": r"faded",
    "stained": r"stained|(?:has|had|with) a (?:\w+ )?stain",
    "worn": r"worn(?: out| through| thin)?|threadbare|through(?=[.,!?;]| (?:already|after)\b)"
    r"|gone through",
    "tarnished": r"tarnished|(?:gone|went|turned|going) (?:green|black)",
    "rusty": r"rust(?:y|ed|s|ing)",
    "peeling": r"peel(?:ed|ing|s)(?: off)?|flak(?:ed|ing|es)(?: off)?",
    "wobbly": r"wobbl(?:y|es|ed|ing)",
    "crooked": r"crooked|wonky|lopsided",
    "melted": r"melted",
    "shrunken": r"shrunk(?:en)?|shrank",
}
# And by what stands behind it: "the handle that came off".
_DEEDS = {
    "that came off": r"(?:came|come|comes|coming|fell|fallen|falls|broke|popped|dropped|snapped"
    r"|worked its way) (?:clean |right |straight |completely )?off|parted company",
    "that came apart": r"(?:came|come|fell|fallen|falling|comes) (?:to pieces|apart|undone)",
    "whose dye runs": r"(?:bleeds?|bled|bleeding|leaks?|loses?|lost|sheds?|rubs? off) "
    r"(?:its |the |all (?:its|the) )?(?:black |blue |red |brown |green )?(?:dye|colou?r|ink)\b",
}
_WORDS = {f"s{place}": word for place, word in enumerate((*_STATES, *_DEEDS))}
_PART = rf"(?P<{{}}>{'|'.join(sorted(_PARTS, key=len, reverse=True))})(?P<{{}}>e?s)?"
_STATE = "|".join(
    # What it did is more than how it is: "broke off" before "broke".
    f"(?P<s{place}>{words})"
    for place, words in reversed([*enumerate((*_STATES.values(), *_DEEDS.values()))])
)
_BETWEEN = (
    r"(?: (?:is|was|are|were|has|have|had|got|came|arrived|been|all|also|already|badly|completely"
    r"|totally|clean|right|slightly|a bit|a little|both|now|just)){0,4}"
)
_FLAWS = any_of(
    rf"(?<![\w-]){_PART.format('told', 'tolds')}(?:,? which)?{_BETWEEN} (?:{_STATE})(?![\w-])",
    rf"(?<![\w-])(?P<before>{'|'.join(state for state in _STATES)}) "
    rf"{_PART.format('named', 'nameds')}(?![\w-])",
)
# It did not happen, or to another thing.
_TURNED = re.compile(
    r"\b(?:not|never|no|without|if|unless|until|would|could|might|may|nearly|almost|instead of|old"
    r"|last|previous|other|another|first|my own|your (?:photo|picture|page)|afraid|worried|so that"
    r"|in case|thought|rather than)\b[^.!?\n]{0,25}$|n't\b[^.!?\n]{0,25}$"
    # "The zip of the boots has broken": the zip has.
    r"|\b(?!(?:one|two|three|four|five|six|some|all|both|most|many|several|half|each|\d+)\b)\w+"
    r" (?:in|on|of|from|to|for) (?:(?:the|my|his|her|our|both|one|all|\d{1,3}|left|right) ){1,2}$"
)
_NEAR = 40
_MOST = 2


def flaws(text: str) -> str:
    """Such as "the broken lid and the chipped saucers"; "" where none is told, or more than
    two are. Its writer's own words. Time grows with the length only, of the text's beginning."""
    lower = flat(text).replace("’", "'").lower()
    told: dict[str, str] = {}
    for found in _FLAWS.finditer(lower):
        if _TURNED.search(lower, max(0, found.start() - _NEAR), found.start()):
            continue
        said = found.groupdict()
        part = (said["told"] or said["named"]) + (said["tolds"] or said["nameds"] or "")
        word = said["before"] or next(_WORDS[group] for group in _WORDS if said[group])
        told.setdefault(part, f"the {part} {word}" if word in _DEEDS else f"the {word} {part}")
    return " and ".join(told.values()) if len(told) <= _MOST else ""
