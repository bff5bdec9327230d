"""The order book of the demonstration's pottery, as its shop system would export it today."""

from datetime import date, timedelta

COLUMNS = (
    *("number", "email", "name", "item", "ordered", "shipped", "delivered"),
    *("carrier", "tracking"),
)
CARRIER = "Hare Lane Freight"

# Number, the buyer's address and name, what was ordered; how many days ago it was ordered, sent
# and marked as delivered, None for not yet.
_ORDERS: tuple[tuple[int, str, str, str, int, int | None, int | None], ...] = (
    (2369, "martin.tull@tullroofing.example", "Martin Tull", "2 porridge bowls", 41, 38, 36),
    (2377, "dhollis1971@homecloud.example", "Dean Hollis", "2 mugs", 36, 32, None),
    (2389, "morag_sinclair@hotpost.example", "Morag Sinclair", "Christening plate", 19, 6, 2),
    (2402, "niamh.brennan@quickmail.example", "Niamh Brennan", "2 speckled mugs", 24, 14, None),
    (2402, "niamh.brennan@quickmail.example", "Niamh Brennan", "Milk jug", 24, 14, None),
    (2406, "tom.adeyemi84@quickmail.example", "Tom Adeyemi", "4 side plates", 9, 4, 2),
    (2408, "joost@verhoeven-utrecht.example", "Joost Verhoeven", "Blue pasta bowl", 8, 6, 2),
    (2417, "yusuf.demir.ldn@quickmail.example", "Yusuf Demir", "4 dinner plates", 6, 4, 1),
    (2421, "bec.tran@southmail.example", "Bec Tran", "Teapot", 4, None, None),
    (2461, "hedda.lind@mailhaven.example", "Hedda Lind", "4 bowls", 5, 3, 1),
)


def orders(today: date) -> str:
    """The file, CSV with a row for each item."""

    def day(ago: int | None) -> str:
        return (today - timedelta(days=ago)).isoformat() if ago is not None else ""

    rows: list[tuple[object, ...]] = [COLUMNS]
    for number, email, name, item, ordered, shipped, delivered in _ORDERS:
        sent = ("", "") if shipped is None else (CARRIER, f"HL{number}{shipped:02}GB")
        rows.append((number, email, name, item, *map(day, (ordered, shipped, delivered)), *sent))
    return "".join(",".join(map(str, row)) + "\n" for row in rows)
