"""Which of the things he ordered, or of the shop's, a customer names."""

import pytest

from triage.reply.thing import named_thing, sold_thing


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
    assert sold_thing(catalogue, text) == thing
