"""The first name: told for certain, or not at all."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from growth import linear
from hypothesis import given
from hypothesis import strategies as st
from origin.mails import HOUSE, make

from triage.facts import facts
from triage.facts.first_name import first_name
from triage.message import Address
from triage.origin import Origin, origin
from triage.taxonomy import OriginKind

CORPUS = Path(__file__).parents[2] / "models" / "corpus"

DISPLAY = [
    ("Jane Doe", "Jane"),
    ("jane doe", "Jane"),
    ("JANE DOE", "Jane"),
    ("Doe, Jane", "Jane"),
    ("DOE, JANE", "Jane"),
    ("Doe, Jane (Accounts)", "Jane"),
    ("Jane", "Jane"),
    ("Mr John Smith", "John"),
    ("Dr. Ana de la Cruz", "Ana"),
    ("Frau Anna Schmidt", "Anna"),
    ("Jean-Pierre Martin", "Jean-Pierre"),
    ("JEAN-PIERRE MARTIN", "Jean-Pierre"),
    ("Maria da Silva", "Maria"),
    ("Vincent van Gogh", "Vincent"),
    ("Siân O'Brien", "Siân"),
    ("D'Arcy Bell", "D'Arcy"),
    ("LeAnn Rimes", "LeAnn"),
    ("Oluwaseun Bakare", "Oluwaseun"),
    ("Srinivas Raghunathan", "Srinivas"),
    ("Γιώργος Παπαδόπουλος", "Γιώργος"),
    ("Мария Иванова", "Мария"),
    ("محمد علي", "محمد"),
    ("प्रिया शर्मा", "प्रिया"),
    ("Jane Doe via eBay", "Jane"),
    ("Nika Neuhold über Kleinanzeigen", "Nika"),
    ("'Jane Doe' via Info", "Jane"),
    ("Jane Doe - Blue Door", "Jane"),
    ("Jane Doe (she/her)", "Jane"),
    ("  Jane   Doe ", "Jane"),
    # Not told for certain:
    ("", None),
    ("Smith", None),
    ("Doe Jane", None),
    ("info", None),
    ("Info Team", None),
    ("Customer Service", None),
    ("Kundenservice", None),
    ("Müller GmbH", None),
    ("Smith & Sons Ltd", None),
    ("Jane & John Doe", None),
    ("Family Doe", None),
    ("Frau Müller", None),
    ("Mrs. Okonjo", None),
    ("Jane Doe (Mrs)", None),
    ("J. Doe", None),
    ("JD", None),
    ("J D", None),
    ("TJR Smith", None),
    ("R.", None),
    ("12345", None),
    ("jane82", None),
    ("jane_d", None),
    ("jane.doe", None),
    ("JaneDoeShop", None),
    ("kittenMittens fan", None),
    ("jane@example.net", None),
    ("<b>Jane</b> Doe", None),
    ("{{ jane }} Doe", None),
    ("{% raw %}", None),
    ("[[Jane]] Doe", None),
    ("%s Doe", None),
    ("Jane\u202e Doe", None),
    ("Jane\u200b Doe", None),
    ("Ja\u0000ne Doe", None),
    ("\u0420\u0430ul Doe", None),
    ("van der Berg", None),
    ("Abdul Rahman", None),
    ("Md Rahman", None),
    ("Nguyen Thi Hoa", "Hoa"),
    ("Wang Wei", None),
    ("Kim Min-jun", None),
    ("Nagy Istvan", "Istvan"),
    ("王伟", None),
    ("김민준", None),
    ("山田 太郎", None),
    ("Иванова Мария", "Мария"),
    ("Petrenko", None),
    ("X" * 30 + " Doe", None),
    ("A b c d e f g", None),
    ("Jane, Doe, Smith", None),
    ("fancy socks", None),
    ("https://jane.example Doe", None),
    ("The Shop", None),
    ("Amazon Marketplace", None),
    ("Virgin Media", None),
    ("Rose Support", None),
    ("Robin Team", None),
    ("Daisy Market", None),
    ("Robin Bank", None),
    ("Daisy Stores", None),
    ("Mum", None),
    ("Gran Doe", None),
    ("My husband", None),
    ("-- --", None),
]

SIGNED = [
    ("It has not come.\n\nThanks,\nJean", "", "Jean"),
    ("It has not come.\n\nKind regards\nJean Dupont", "", "Jean"),
    ("It has not come.\n\nJoanna", "", "Joanna"),
    ("It has not come. Thanks, Jean", "", "Jean"),
    ("sort it out thankyou Jean", "", None),
    ("It has not come. Thank you Jean", "", "Jean"),
    ("It has not come. Jean", "", "Jean"),
    ("It has not come.\nJean x", "", "Jean"),
    ("It has not come.\n- jean", "", "Jean"),
    ("It has not come.\n\nJean Dupont\nPlot 14", "", "Jean"),
    ("Wo ist es?\n\nMit freundlichen Grüßen\nAnneke Vogt", "", "Anneke"),
    ("Où est-il ?\n\nCordialement,\nBastien Roche", "", "Bastien"),
    ("It has not come.\n\nCheers\nShaz\n\nSent from my iPhone", "", "Shaz"),
    ("Hi, my name is Inés and I wait.", "", "Inés"),
    ("Hello, this is Margaret Dunne calling.", "", "Margaret"),
    ("I'm Jean, I ordered a lamp", "", "Jean"),
    ("It has not come.", "Jean Dupont\nArchitect", "Jean"),
    ("It has not come.\n\nCraig, Blue Door Glass", "", "Craig"),
    # Two people: neutral. One that is written in two ways: as signed.
    ("It has not come.\n\nThanks,\nAnna", "John Doe", None),
    ("My name is Anna.", "John Doe", None),
    ("It has not come.\n\nThanks,\nAnna", "J. Doe", None),
    ("It has not come.\n\nThanks,\nJane", "J. Doe", "Jane"),
    ("It has not come.\n\nThanks,\nAnna", "Blue Door Ltd", "Anna"),
    ("It has not come.\n\nThanks,\nSiobhán", "Siobhan Doe", "Siobhán"),
    ("It has not come.\n\nSiobhán", "Siobhan Doe", "Siobhán"),
    ("It has not come.\n\nThanks,\nSiobhan", "Siobhán Doe", "Siobhan"),
    ("It has not come.\n\nThanks,\nJen", "Jennifer Doe", "Jen"),
    # Unless it is the family name, or initials that fit.
    ("It has not come.\n\nRegards,\nDoe", "John Doe", "John"),
    ("It has not come.\n\nRegards,\nJ. Doe", "John Doe", "John"),
    # Somebody else, formally: neutral.
    ("It has not come.\n\nRegards,\nM. Doe", "John Doe", None),
    ("It has not come.\n\nYours,\nMrs Doe", "John Doe", None),
    ("It has not come.\n\nWith kind regards,\nJane Doe (Mrs)", "Jane Doe", None),
    ("It has not come.\n\nJ. Doe (Mrs.)", "Jane Doe", None),
    ("It has not come.\n\nThanks,\n(Mrs)", "Jane Doe", "Jane"),
    ("It has not come.\n\nThanks,\nJane (Leeds)", "Jane Doe", "Jane"),
    ("It has not come.\n\nRory & Anjali", "Rory Doe", None),
    # No names.
    ("It has not come.\n\nDisappointed", "", None),
    ("It has not come.\n\nThanks", "", None),
    ("It has not come.\n\nKind Regards", "", None),
    ("It has not come. Thanks Again", "", None),
    ("It has not come.\n\nBest,\nThe Blue Door Team", "", None),
    ("It has not come.\n\nRegards,\nNguyen Thi Hoa", "", "Hoa"),
    ("It has not come.\n\nColumbus, OH", "", None),
    ("It has not come.\n\nThanks,\n{{ name }}", "", None),
    ("It has not come.\n\nThanks,\n[[Jean]]", "", None),
    ("I'm Disappointed, and this is Madness.", "", None),
    ("It has not come.\n\nMillrace Glass Works", "", None),
    ("It has not come.\n\nRegards,\nOfficer K. Reynolds", "", None),
    ("It has not come.\n\nRegards,\nSecurity Department", "", None),
    ("-----Original Message-----", "", None),
    ("It was for her.\n\nThanks,\nMum", "", None),
    ("It was for her.\n\nLove,\nNana", "", None),
    ("It was for her.\n\nThanks,\nMy husband", "", None),
    ("It has not come.\n\nMark my words.", "", None),
    ("It has not come. Thanks.\n\nMark my words, I wait", "", None),
    ("It has not come.\n\nThanks,\nMark my words", "", None),
    ("It has not come. Thanks, Mark my words", "", None),
    ("It has not come.\n\nGrace, you promised it", "", None),
    ("It has not come.\n\nJoanna Doe\nhas not got it either", "", None),
    ("It has not come.\n\nBill is wrong too", "", None),
]


@pytest.mark.parametrize(("display", "name"), DISPLAY)
def test_display_name(display: str, name: str | None) -> None:
    """The given name where the display name tells it; else a neutral greeting."""
    assert first_name(display, "It has not come.", "") == name


@pytest.mark.parametrize(
    ("display", "address", "name"),
    [
        ("ovea", "ovea.trelan7@x.example", "Ovea"),
        ("ovea", "ovea_trelan@x.example", "Ovea"),
        ("ovea", "oveatrelan@x.example", None),
        ("trelan", "trelan.jane@x.example", None),  # which way round?
        ("info", "info.trelan@x.example", None),
        ("Smith", "smith.trelan@x.example", None),
        ("Ovea's Dad", "ovea.trelan@x.example", None),
    ],
)
def test_a_name_that_no_list_has(display: str, address: str, name: str | None) -> None:
    """Believed where the address says that it stands before a family name."""
    assert first_name(display, "It has not come.", "", address) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My name is Ovea and I am nine.", "Ovea"),
        ("My name is Ovea Trelan.", "Ovea"),
        ("I'm Ovea and I am nine.", None),
        ("My name is Smith.", None),
        ("My name is Mum.", None),
    ],
)
def test_who_says_what_his_name_is(text: str, name: str | None) -> None:
    """He must know; "I'm" may begin anything."""
    assert first_name("Ann's Dad", text, "") == name


def test_a_line_of_its_own_above_the_last() -> None:
    """The first of the names that From bears, alone, with a firm's lines below it."""
    text = "Where are they?\n\nOvea\n\nOvea Trelan | Trelan Interiors | Leeds"
    assert first_name("Ovea Trelan", text, "") == "Ovea"
    assert first_name("Ovea Trelan", text.replace("\n\nOvea\n", "\n\nTrelan\n"), "") is None


@pytest.mark.parametrize(("text", "other", "name"), SIGNED)
def test_signed(text: str, other: str, name: str | None) -> None:
    """What the writer signs with wins over the display name (or stands in the signature)."""
    if "\n" in other:
        assert first_name("", text, other) == name
    else:
        assert first_name(other, text, "") == name


def test_writer_of_a_form() -> None:
    """A form's customer is greeted by the name typed, not by the shop's."""
    text = "Name: Jane Doe\nEmail: jane@x.example\nMessage: where is it"
    message = make("Anna Shop <shop@shop.example>", "Contact form", text)
    assert facts(message, origin(message, HOUSE)).first_name == "Jane"


def test_nobody_to_greet() -> None:
    """Where nobody can be answered no display name is used."""
    message = make("Jane Doe <noreply@x.example>")
    assert facts(message, origin(message, HOUSE)).first_name is None


def listed() -> list[list[str]]:
    rows = (Path(__file__).parent / "names.tsv").read_text("utf-8").split("\n")
    number = re.compile(r"\\u([0-9a-f]{4})")
    told = [number.sub(lambda found: chr(int(found[1], 16)), row) for row in rows]
    return [row.split("\t") for row in told if row and not row.startswith("#")]


@pytest.mark.parametrize(("display", "local", "signed", "greeting", "culture"), listed())
def test_name_of_the_list(
    display: str, local: str, signed: str, greeting: str, culture: str
) -> None:
    """Names of many cultures: each is greeted as the list says, or neutrally."""
    text = f"It has not come.\n\n{signed}".replace("/", "\n")
    address = f"{local or 'x'}@x.example"
    assert (first_name(display, text, "", address) or "") == greeting, culture


def test_list_is_of_many() -> None:
    """The list has at least 320 names, and many of them have a greeting."""
    rows = listed()
    assert len(rows) >= 320
    assert sum(bool(row[3]) for row in rows) > len(rows) / 3


@pytest.mark.parametrize("piece", ["Anna ", "a", "Anna, ", "{{", "é", "\u202e"])
def test_ten_thousand_characters(piece: str) -> None:
    """A display name without an end is nobody's."""
    assert first_name(piece * 10_000, "It has not come.", "") is None


FORWARDS = [
    "---------- Forwarded message ---------\nFrom: Nina Roe <nina@x.example>\n\n",
    "Begin forwarded message:\n\n",
    "-----Original Message-----\n",
    "From: Nina Roe\nSent: Monday\nTo: Rob\nSubject: Lamp\n\n",
    "From: Nina Roe\nDate: Monday\nSubject: Lamp\n\n",
]


@pytest.mark.parametrize("head", FORWARDS)
@pytest.mark.parametrize(
    ("said", "sender", "name"),
    [
        ("See below.", "Rob Roe <rob@x.example>", "Rob"),
        ("See below.", "<info@x.example>", None),
        ("See below.\n\nThanks,\nRob", "<info@x.example>", "Rob"),
        ("", "Rob Roe <rob@x.example>", "Rob"),
    ],
)
def test_forwarded(head: str, said: str, sender: str, name: str | None) -> None:
    """Who passes a letter on is greeted, not who wrote it."""
    below = f"{head}My lamp is broken. My name is Nina.\n\nThanks,\nNina"
    message = make(sender, text=f"{said}\n\n{below}", signature="Nina\nArchitect")
    assert facts(message, origin(message, HOUSE)).first_name == name


@pytest.mark.parametrize(
    ("sender", "text", "quoted", "name"),
    [
        ("<x@x.example>", "Where is it?\n\nThanks,\nLotte", "", None),
        ("Lotte <x@x.example>", "Where is it?", "", None),
        ("<x@x.example>", "Where is it?\n\nThanks,\nFern", "", None),
        ("<x@x.example>", "Where is it?\n\nThanks,\nJane", "", "Jane"),
        ("<x@x.example>", "Where is it?\n\nThanks,\nMeg", "> Sent soon.\n> Meg", None),
        ("<x@x.example>", "Where is it?\n\nThanks,\nJane", "> Hi Jane, soon.\n> Meg", "Jane"),
        ("Jane Doe <x@x.example>", "Where?\n\nThanks,\nJane", "> Jane wrote:", "Jane"),
        ("<x@x.example>", "Where is it?\n> Sent soon.\n>\n> Thanks,\n> Meg", "", None),
        ("<x@x.example>", 'You wrote: "Sent soon. Thanks, Meg"', "", None),
        ("<x@x.example>", "You wrote: “Sent soon.\n\nThanks,\nMeg”", "", None),
    ],
)
def test_name_of_the_owner(sender: str, text: str, quoted: str, name: str | None) -> None:
    """The owner is not greeted by himself, nor whoever only the history names."""
    owner = Address("Fern and Moss", "lotte@shop.example")
    message = replace(make(sender, text=text, quoted=quoted), to=(owner,))
    assert facts(message, origin(message, HOUSE)).first_name == name


def test_copy_to_oneself() -> None:
    """A customer among those the message went to keeps her name."""
    jane = Address("Jane Doe", "jane@customer.example")
    message = replace(make(text="Where is it?\n\nThanks,\nJane"), cc=(jane,))
    assert facts(message, origin(message, HOUSE)).first_name == "Jane"


@given(st.text(max_size=60), st.text(max_size=200), st.text(max_size=60))
def test_never_unsafe(display: str, text: str, signature: str) -> None:
    """Whatever is written, a first name is short and holds nothing that could act in a letter."""
    name = first_name(display, text, signature)
    assert name is None or (
        2 <= len(name) <= 50 and not re.search(r"[^\S ]|  |[{}<>%\[\]@\d_]", name)
    )


@pytest.mark.parametrize(
    "piece", ["Thanks, ", "\n", "a ", "Jane ", "I'm ", "my name is ", "- ", "Best\n", ". Jo", "x "]
)
def test_time_grows_with_length_only(piece: str) -> None:
    """In every place."""
    assert linear(lambda text: first_name(text, text, text), piece, 1_000_000)


@pytest.mark.parametrize("piece", ["From: a\n", '"', "“", "> ", "Hi ", "- -", "a\n", "Jane "])
def test_time_of_a_message(piece: str) -> None:
    """What is hostile in every part of a message takes as long as it is."""
    found = Origin(OriginKind.CUSTOMER, Address("", "x@x.example"), "person")
    assert linear(
        lambda text: facts(make(text=text, quoted=text, signature=text), found), piece, 400_000
    )


def test_names_of_the_corpus_stand_in_it() -> None:
    """On the corpus a name is found in many letters, and always one that is written there."""
    letters = [json.loads(line) for line in (CORPUS / "letters.jsonl").read_text().splitlines()]
    found = [(first_name("", letter["body"], ""), letter["body"]) for letter in letters]
    named = [(name, body) for name, body in found if name]
    assert len(named) > len(letters) / 3
    assert all(name.casefold() in body.casefold() for name, body in named)
