"""Shops at imitated providers."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from imitated.proxy import Deviation, Imitated
from imitated.shop import Open, Shop
from servers.dovecot import Dovecot

USERS = itertools.count(1)


@pytest.fixture
def open_at(dovecot: Dovecot, tmp_path: Path) -> Iterator[Open]:
    """Shops, which close with the test."""
    shops: list[Shop] = []

    def opened(*deviations: Deviation) -> Shop:
        server = Imitated(dovecot, *deviations)
        number = next(USERS)
        shops.append(Shop(tmp_path / str(number), server, f"imitated{number}"))
        return shops[-1]

    yield opened
    for shop in shops:
        shop.close()
