"""What the columns are called in the exports of well-known shop systems. Data, and how the first
line of a file shows which of them it is.

The names are those of the English exports in 2026: Etsy's two "Download data" files, Shopify's
orders export, and of WooCommerce its own Analytics and the two kinds that the usual plug-ins
write.
"""

from collections.abc import Iterator, Set
from dataclasses import astuple, dataclass, fields, replace

from triage.order import Columns, Export, Preset
from triage.orders.table import column_name


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of first line. It is known by the names in `marks`, which no other has all of;
    `dates` is how it writes dates beside ISO 8601, in the codes of strptime."""

    preset: Preset | None
    marks: frozenset[str]
    columns: Columns
    dates: str = ""


# What the columns are called where nothing else is said, and none of the layouts below is met.
USUAL = Layout(
    None, frozenset(), Columns(**{column.name: (column.name,) for column in fields(Columns)})
)

_ETSY_DATES = "%m/%d/%y"
_FIELDS = Columns(
    number=("order_number",),
    email=("billing_email",),
    name=("billing_first_name", "billing_last_name"),
    item=("item_name",),
    ordered=("order_date",),
    shipped=("completed_date",),
    status=("status",),
    postal=(
        "shipping_first_name",
        "shipping_last_name",
        "shipping_address_1",
        "shipping_address_2",
        "shipping_city",
        "shipping_state",
        "shipping_postcode",
        "shipping_country",
    ),
)
LAYOUTS = (
    Layout(
        Preset.ETSY,  # EtsySoldOrders: a row an order
        frozenset({"sale date", "order id", "date shipped", "full name"}),
        Columns(
            number=("Order ID",),
            name=("Full Name",),
            ordered=("Sale Date",),
            shipped=("Date Shipped",),
            postal=(
                "Street 1",
                "Street 2",
                "Ship City",
                "Ship State",
                "Ship Zipcode",
                "Ship Country",
            ),
        ),
        _ETSY_DATES,
    ),
    Layout(
        Preset.ETSY,  # EtsySoldOrderItems: a row an item
        frozenset({"sale date", "order id", "date shipped", "item name", "transaction id"}),
        Columns(
            number=("Order ID",),
            name=("Ship Name",),
            item=("Item Name",),
            ordered=("Sale Date",),
            shipped=("Date Shipped",),
            postal=(
                "Ship Address1",
                "Ship Address2",
                "Ship City",
                "Ship State",
                "Ship Zipcode",
                "Ship Country",
            ),
        ),
        _ETSY_DATES,
    ),
    Layout(
        Preset.SHOPIFY,
        frozenset({"name", "financial status", "fulfillment status", "lineitem name"}),
        Columns(
            number=("Name",),
            email=("Email",),
            name=("Billing Name",),
            item=("Lineitem name",),
            ordered=("Created at",),
            shipped=("Fulfilled at",),
            # "paid" says nothing, but "refunded" says that nothing is on its way.
            status=("Fulfillment Status", "Financial Status"),
            cancelled=("Cancelled at",),
            postal=(
                "Shipping Name",
                "Shipping Street",
                "Shipping City",
                "Shipping Zip",
                "Shipping Province",
                "Shipping Country",
            ),
        ),
    ),
    Layout(
        Preset.WOOCOMMERCE,  # plug-ins that write names for people
        frozenset({"order number", "order status", "order date"}),
        Columns(
            number=("Order Number",),
            email=("Email (Billing)",),
            name=("First Name (Billing)", "Last Name (Billing)"),
            item=("Item Name",),
            ordered=("Order Date",),
            # An order is completed by hand, when it has been sent.
            shipped=("Completed Date",),
            status=("Order Status",),
            postal=(
                "First Name (Shipping)",
                "Last Name (Shipping)",
                "Address 1&2 (Shipping)",
                "City (Shipping)",
                "State Code (Shipping)",
                "Postcode (Shipping)",
                "Country Code (Shipping)",
            ),
        ),
    ),
    Layout(
        Preset.WOOCOMMERCE,  # plug-ins that write the names of fields
        frozenset({"order_number", "order_date", "status", "billing_email"}),
        _FIELDS,
    ),
    Layout(
        Preset.WOOCOMMERCE,
        frozenset({"order_number_formatted", "date", "status", "billing_email"}),
        replace(_FIELDS, number=("order_number_formatted",), ordered=("date",)),
    ),
    Layout(
        Preset.WOOCOMMERCE,  # Analytics, which tells no address
        frozenset({"order #", "status", "product(s)", "items sold"}),
        Columns(
            number=("Order #",),
            name=("Customer",),
            item=("Product(s)",),
            ordered=("Date",),
            status=("Status",),
        ),
    ),
)


def layout(names: Set[str], export: Export) -> Layout:
    """The layout of a first line that has these names, its columns completed: what the owner says
    goes first, what nobody says is called as usual."""
    all_known = [each for each in LAYOUTS if export.preset in {None, each.preset}]
    met = [each for each in all_known if each.marks <= names]
    if not met and export.preset:  # an export of which some columns were left out
        met = [max(all_known, key=lambda each: len(each.marks & names))]
    found = met[0] if met else USUAL
    columns = {
        column.name: getattr(export.columns, column.name)
        or getattr(found.columns, column.name)
        or getattr(USUAL.columns, column.name)
        for column in fields(Columns)
    }
    return replace(found, columns=Columns(**columns), dates=export.dates or found.dates)


def all_names(export: Export) -> frozenset[str]:
    """Every name of a column that is known or configured."""
    of_layouts = (_names(each.columns) for each in (USUAL, *LAYOUTS))
    marks = (each.marks for each in LAYOUTS)
    return frozenset().union(_names(export.columns), *of_layouts, *marks)


def _names(columns: Columns) -> Iterator[str]:
    for several in astuple(columns):
        yield from map(column_name, several)
