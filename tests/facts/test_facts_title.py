"""Title and family name: certain, or not at all."""

from dataclasses import replace

import pytest
from growth import linear
from origin.mails import HOUSE, make

from triage.facts import facts
from triage.facts.title import formal_name, titled
from triage.message import Address
from triage.origin import origin

NAMES = [
    ("Mrs A. Patel", "Mrs Patel"),
    ("Mrs A.Patel", "Mrs Patel"),
    ("MRS A PATEL", "Mrs Patel"),
    ("mrs a patel", "Mrs Patel"),
    ("Mrs Patel", "Mrs Patel"),
    ("Mr Smith", "Mr Smith"),
    ("Dr Jean Okoro", "Dr Okoro"),
    ("Dr. Jean Okoro", "Dr Okoro"),
    ("Dr Jean Okoro, MD", "Dr Okoro"),
    ("Prof. Anna Müller", "Professor Müller"),
    ("Mx A. Ng", "Mx Ng"),
    ("Jane Doe (Mrs)", "Mrs Doe"),
    ("(Mrs) Jane Doe", "Mrs Doe"),
    ("Mrs van der Berg", "Mrs van der Berg"),
    ("Dr Pieter VAN DEN Berg", "Dr van den Berg"),
    ("Mrs E. Smith-Jones", "Mrs Smith-Jones"),
    ("Mr. S. O’Neill", "Mr O’Neill"),
    ("Ms J. McKay", "Ms McKay"),
    ("Mrs Mary Ann Smith", "Mrs Smith"),
    ("Mrs Anna Maria Schmidt", "Mrs Schmidt"),
    ("Miss A. Rose", "Miss Rose"),
    # Which of the names is it, and is it one?
    ("Jane Doe", None),
    ("Ms Maria", None),
    ("Mr James", None),
    ("Miss Rose", None),
    ("Mrs B. Anna", None),
    ("Mrs Maria Garcia Lopez", None),
    ("Mr Wei Chen", None),
    ("Mr Tanaka Hiroshi", None),
    ("Mrs Patel Anjali", None),
    ("Mr Bean's Coffee Ltd", None),
    ("Mr Smith’s Bakery", None),
    ("Mr Smith & Sons", None),
    ("Mr Muscle", None),
    ("Dr Pepper", None),
    ("Miss Sweet Cakes", None),
    ("Mrs Rose Cottage", None),
    ("Mr T. Shirts", None),
    ("Mr T", None),
    ("Mr & Mrs Patel", None),
    ("Mr and Mrs Patel", None),
    ("Prof. Dr. Müller", None),
    ("Sir John Smith", None),
    ("MS J MCKAY", None),
    ("MR S O'NEILL", None),
    ("Mr Customer Service", None),
    ("Mrs Smith via eBay", None),
    ("Mr {{ x }}", None),
    ("Mr <b>Smith</b>", None),
    ("Mr Smith smith@x.example", None),
    ("Mr", None),
    ("", None),
]

LETTERS = [
    # The display name, the text, the signature, the address.
    ("A. Patel", "Where is it?\n\nKind regards,\nMrs A. Patel", "", "Mrs Patel"),
    ("Raj Patel", "Where is it?\n\nYours,\nMrs Anjali Patel\n12 Mill Lane", "", "Mrs Patel"),
    ("", "Where is it?", "Mrs A. Patel\n12 Mill Lane", "Mrs Patel"),
    ("", "Where is it?\n\nRegards,\nDr J. Okonjo, MD", "", "Dr Okonjo"),
    ("Mrs A Patel", "Where is it?\n\nAnjali", "", "Mrs Patel"),
    ("Dr Jean Okoro", "Where is it?\n\nBest,\nJean", "", "Dr Okoro"),
    ("Dr Jean Okoro", "Where is it?", "", "Dr Okoro"),
    # No list has all names: what she signs with her title is believed, a display name is not.
    ("Mrs. Ovea Trelan", "Where is it?\n\nYours,\nOvea Trelan (Mrs.)", "", "Mrs Trelan"),
    ("Mrs. Ovea Trelan", "Where is it?", "", None),
    ("Mrs Patel", "Where is it?\n\nThanks,\nTom", "", None),  # her husband
    ("Mrs A. Patel", "Where is it?\n\nThanks,\nMrs P", "", None),
    ("", "Where is it?\n\nRegards,\nMr & Mrs Patel", "", None),
    ("", "Please send it to\nMrs A. Patel\n12 Mill Lane", "", None),  # her friend
    ("Dr. Martens", "Where is it?", "", None),  # a firm, by its address
]


@pytest.mark.parametrize(("name", "formally"), NAMES)
def test_one_name(name, formally):
    """Title and family name of a full name."""
    assert titled(name) == formally


@pytest.mark.parametrize(("display", "text", "signature", "formally"), LETTERS)
def test_where_it_stands(display, text, signature, formally):
    """In the sign-off, in the signature, and in the display name of whoever signs."""
    assert formal_name(display, text, signature, "hello@drmartens.example") == formally


@pytest.mark.parametrize(
    ("sender", "words", "formally"),
    [
        ('"Mrs A. Patel" <a@x.example>', "Where is it?", "Mrs Patel"),
        ("<a@x.example>", "Where is it?\n\nRegards,\nMrs A. Patel", "Mrs Patel"),
        ("<a@x.example>", "Where?\n\n> Regards,\n> Mrs A. Patel", None),
        ("<a@x.example>", "Dear Mrs A. Patel,\n\nWhere is it?", None),
    ],
)
def test_of_a_mail(sender, words, formally):
    """The writer's own title, never that of somebody quoted or greeted."""
    mail = make(sender, text=words)
    assert facts(mail, origin(mail, HOUSE)).formal_name == formally


def test_the_owners_title_is_not_the_customers():
    """A letter of the owner's may stand in the mail unmarked, sign-off and all."""
    mail = make("<a@x.example>", text="Where is it?\n\nRegards,\nMrs A. Patel")
    owned = replace(mail, to=(Address("Mrs A. Patel", "shop@shop.example"),))
    assert facts(mail, origin(mail, HOUSE)).formal_name == "Mrs Patel"
    assert facts(owned, origin(owned, HOUSE)).formal_name is None


def test_time_grows_with_the_length_only():
    """Letters, blanks or titles without end."""
    for piece in ("a", " ", "Mr ", "(Mrs) ", "A. "):
        assert linear(titled, piece, 100_000)
        assert linear(lambda text: formal_name(text, text, text, text), piece, 100_000)
