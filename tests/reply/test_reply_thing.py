"""Which of the things he ordered a customer names."""

import pytest

from triage.reply.thing import named_thing


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
