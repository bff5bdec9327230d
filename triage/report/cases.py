"""Complaints one by one, and the things they are about: topics, products, carriers. Pure."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from triage.order import Order
from triage.report.alarm import RECENT, Thing

DAY = 86400.0
# Orders of a product that are complained of before it is named, where no catalogue says that
# several have bought it: what was made for one customer would name him.
SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Case:
    """A complaint. `order` is the key of the one it is about, "" for none; `first` says that it is
    no further word on a matter that was complained of before."""

    arrived: float
    topic: str
    order: str
    first: bool


@dataclass(frozen=True, slots=True)
class Bought:
    """Of the complaints so many are `numbered` (they name one order), and of so many the order is
    `known`. `products` and `carriers` by complaints, the most first; an order of several products
    counts for each of them. `unnamed` are products that no more than one customer is known to have.
    """

    numbered: int
    known: int
    products: tuple[tuple[str, int], ...]
    carriers: tuple[tuple[str, int], ...]
    unnamed: int


class Orders:
    """The orders that complaints are about."""

    def __init__(
        self,
        cases: Iterable[Case],
        look_up: Callable[[str], Order | None],
        common: Collection[str],
    ) -> None:
        """`look_up` finds one by its key; `common` are products that several have bought."""
        self._orders = {
            key: order
            for key in sorted({case.order for case in cases if case.order})
            if (order := look_up(key))
        }
        times = Counter(item for order in self._orders.values() for item in set(order.items))
        self._named = {item for item, some in times.items() if some >= SEVERAL or item in common}

    def of(self, case: Case) -> Order | None:
        return self._orders.get(case.order)

    def products(self, case: Case) -> list[str]:
        """Those that may be named, each once."""
        order = self.of(case)
        return [item for item in dict.fromkeys(order.items) if item in self._named] if order else []

    def bought(self, cases: Sequence[Case]) -> Bought:
        orders = [order for case in cases if (order := self.of(case))]
        items = {item for order in orders for item in order.items}
        return Bought(
            numbered=sum(bool(case.order) for case in cases),
            known=len(orders),
            products=most(Counter(item for case in cases for item in self.products(case))),
            carriers=most(Counter(order.carrier for order in orders if order.carrier)),
            unnamed=len(items - self._named),
        )


def again(cases: Iterable[Case], orders: Orders | None) -> Counter[Thing]:
    """How often each topic was complained of, with the product where it is known."""
    return Counter(
        Thing(topic=case.topic, product=product)
        for case in cases
        for product in (orders.products(case) if orders else []) or [""]
    )


def things(
    cases: Iterable[Case], orders: Orders | None, begin: float, now: float
) -> Mapping[Thing, tuple[int, int]]:
    """The matters complained of since `begin`, by everything that may come again: how many came in
    the last days, and how many before."""
    recent: Counter[Thing] = Counter()
    before: Counter[Thing] = Counter()
    for case in cases:
        if case.first and case.arrived >= begin:
            found = recent if case.arrived >= now - RECENT * DAY else before
            found.update(_things(case, orders))
    return {thing: (recent[thing], before[thing]) for thing in recent | before}


def _things(case: Case, orders: Orders | None) -> Iterator[Thing]:
    yield Thing(topic=case.topic)
    order = orders.of(case) if orders else None
    if orders and order:
        for product in orders.products(case):
            yield Thing(product=product)
            yield Thing(topic=case.topic, product=product)
        if order.carrier:
            yield Thing(carrier=order.carrier)


def most(found: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """The most first; those of like number in the order of their names."""
    return tuple(sorted(found.items(), key=lambda each: (-each[1], each[0])))
