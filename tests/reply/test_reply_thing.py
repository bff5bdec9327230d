"""Which of the things he ordered, or of the shop's, a customer names."""

import pytest
from growth import linear

from triage.order import Ware
from triage.reply.thing import missed_thing, named_thing, sold_thing


@pytest.mark.parametrize(
    ("things", "text", "thing"),
    [
        (("Speckled bowl",), "My bowl has a crack.", "Speckled bowl"),
        (("Speckled bowl", "Blue mug"), "The mug leaks.", "Blue mug"),
        (("Speckled bowl", "Blue mug"), "Both bowls and the mug broke.", ""),
        (("Red mug", "Blue mug"), "One mug has no handle.", ""),
        (("Red mug", "Blue mug"), "The blue mug has no handle.", "Blue mug"),
        (("Six plates",), "A plate is chipped.", "Six plates"),
        (("Brushes (set of 4)",), "One brush sheds.", "Brushes (set of 4)"),
        (("Teapot, green, large",), "The teapot drips.", "Teapot, green, large"),
        (("Teapot, green, large",), "The green one drips.", ""),
        (("Gift set",), "It was a gift, and the set is broken.", ""),
        (("Glass vase",), "There was glass everywhere.", ""),
        (("Vase of glass",), "The glass broke.", "Vase of glass"),
        (("Ταυρομάχος κούπα",), "η κούπα έσπασε", "Ταυρομάχος κούπα"),
        (("Mug", "Mug"), "the mug", "Mug"),
        ((), "The mug leaks.", ""),
        (("",), "The mug leaks.", ""),
        (("{{ mug }}",), "", ""),
    ],
)
def test_the_thing_meant(things, text, thing):
    """The one whose kind he names, by more of its words than any other's."""
    assert named_thing(things, text) == thing


@pytest.mark.parametrize(
    ("catalogue", "text", "thing"),
    [
        (("Blue mug, 0.3 l", "Egg cup"), "My blue mug leaks.", "Blue mug"),
        (("Blue mug",), "Both blue mugs leak.", "Blue mug"),
        (("Blue mug",), "The mug that is blue leaks.", "Blue mug"),
        # Which mug is not known, nor whether the shop had others then.
        (("Blue mug", "Red mug"), "My mug leaks.", ""),
        (("Blue mug",), "My mug leaks.", ""),
        (("Mug", "Blue mug"), "My mug leaks.", ""),
        (("Mug", "Blue mug"), "My blue mug leaks.", "Blue mug"),
        (("Blue mug", "Egg cup"), "The egg cup is whole, the blue mug is not.", ""),
        (("Blue mug, small", "Blue mug, large"), "My blue mug leaks.", "Blue mug"),
        (("Mug, blue",), "My mug leaks.", "Mug"),
        (("", "12", "Gift set"), "It was a gift, 12 of a set.", ""),
        ((), "My blue mug leaks.", ""),
    ],
)
def test_the_ware_meant(catalogue, text, thing):
    """Every word of its kind is said, and of no other's."""
    assert sold_thing(tuple(map(Ware, catalogue)), text) == thing


def test_what_one_customer_has_bought():
    """It may be meant, and is not named; nor is what is said beside it."""
    wares = (Ware("Ring for Ann", common=False), Ware("Paper filter"))
    assert sold_thing(wares, "The ring for Ann is too small.") == ""
    assert sold_thing(wares, "The ring for Ann came with a paper filter.") == ""
    assert sold_thing(wares, "The paper filter is torn.") == "Paper filter"


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("The rompers are cute but the fox bonnet wasnt in there.", "Bonnet, fox print"),
        ("There was no bonnet in the parcel, only the rompers.", "Bonnet, fox print"),
        ("Both rompers came without the bonnet.", "Bonnet, fox print"),
        ("The rompers are missing, the bonnet is here.", "Romper, plain"),
        ("You forgot to pack the bonnet.", "Bonnet, fox print"),
        ("No bonnet and no rompers.", ""),
        ("The rompers and the bonnet are here.", ""),
        ("Nothing is here.", ""),
    ],
)
def test_the_thing_missed(text, thing):
    """Of several that are named, the one that is said not to be there."""
    assert missed_thing(("Romper, plain", "Bonnet, fox print"), text) == thing


@pytest.mark.parametrize("piece", ["no ", "no bonnet ", "a ", "was ", "missing the "])
def test_no_text_keeps_it_busy(piece):
    """Time grows with the length only."""
    assert linear(lambda text: missed_thing(("Bonnet", "Romper"), text), piece, 40_000)
