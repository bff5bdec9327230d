"""What is broken on a thing, as its owner tells it: "the split leg". Pure.

Both words come from closed lists, so that nothing of a customer's text reaches a letter through
them, and both stand beside each other in one clause, which says neither that it did not happen nor
that it was another thing's.
"""

import re

from triage.facts.phrase import any_of, flat

# A part or a plain thing; packaging is none, which may be crushed around goods that are whole.
_PARTS = (
    *("acrylic", "arm", "axle", "back", "base", "bottle", "bowl", "bracelet", "brooch", "buckle"),
    *("button", "cable", "candle", "canvas", "cap", "chain", "clasp", "collar", "cord", "cork"),
    *("corner", "cover", "cuff", "cup", "cushion", "dish", "door", "drawer", "earring", "edge"),
    *("fastening", "foot", "frame", "glass", "glaze", "handle", "heel", "hem", "hinge", "holder"),
    *("hook", "jar", "joint", "jug", "knob", "label", "leg", "lid", "lining", "link", "mirror"),
    *("mug", "necklace", "needle", "nozzle", "panel", "pendant", "pin", "plate", "plug", "pocket"),
    *("post", "poster", "pot", "print", "pump", "rim", "ring", "rod", "saucer", "screen", "screw"),
    *("seal", "seam", "seat", "setting", "shade", "shelf", "sleeve", "sole", "spine", "spout"),
    *("spring", "stand", "stem", "stitching", "stone", "stool", "stopper", "strap", "string"),
    *("surface", "teapot", "thread", "tile", "tin", "top", "tray", "vase", "wheel", "wick"),
    *("wing", "wire", "zip", "zipper"),
)
# What is said of it, and the word for it.
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
    "loose": r"loose",
    "leaking": r"leak(?:s|ing|ed)",
    "warped": r"warped",
    "frayed": r"fray(?:ed|ing)",
    "faded": r"faded",
    "stained": r"stained|(?:has|had|with) a (?:\w+ )?stain",
}
_PART = rf"(?P<{{}}>{'|'.join(sorted(_PARTS, key=len, reverse=True))})(?P<{{}}>e?s)?"
_STATE = "|".join(f"(?P<{state}>{words})" for state, words in _STATES.items())
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
        state = said["before"] or next(state for state in _STATES if said[state])
        told.setdefault(part, f"the {state} {part}")
    return " and ".join(told.values()) if len(told) <= _MOST else ""
