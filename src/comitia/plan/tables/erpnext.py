"""Columns of ERPNext's exports (versions 13 to 15): BOM, Workstation, Item, Bin and Stock Balance, Sales Order.

Frappe's Data Import exports a document type under the labels of its fields; a field of a child table is followed by the
table's label in brackets, "Qty (Items)", and where two labels are alike the second is written table.field
(frappe/frappe, core/doctype/data_import/exporter.py). Labels are those of the document types in frappe/erpnext
(manufacturing, stock, selling). Operation times are in minutes.
"""

from comitia.plan.tables.exports import Export, Program

BILLS = Export(
    kind="bills of materials",
    own=frozenset({"reference", "product", "quantity", "unit", "company"}),
    needs=frozenset({"product", "input", "input quantity"}),
    columns={
        "reference": ("id", "name"),
        "product": ("item", "item to be manufactured or repacked"),
        "quantity": ("quantity",),
        "unit": ("item uom", "uom"),
        "company": ("company",),
        "input": ("item code (items)", "items.item_code"),
        "input quantity": ("qty (items)", "items.qty"),
        "input unit": ("uom (items)", "items.uom"),
        "operation": ("operation (operations)", "operations.operation"),
        "centre": ("workstation (operations)", "operations.workstation"),
        "minutes": ("operation time (operations)", "operations.time_in_mins"),
        "by-product": ("item code (scrap items)", "item code (secondary items)", "scrap_items.item_code"),
        "by-product quantity": ("qty (scrap items)", "stock qty (scrap items)", "scrap_items.stock_qty"),
        "by-product unit": ("stock uom (scrap items)", "uom (scrap items)", "scrap_items.stock_uom"),
    },
)
CENTRES = Export(
    kind="work centres",
    own=frozenset({"centre", "hours a day", "capacity", "company"}),
    needs=frozenset({"centre", "capacity"}),
    columns={
        "centre": ("workstation name", "id"),
        "hours a day": ("total working hours",),
        "capacity": ("job capacity", "production capacity"),
        "company": ("company",),
    },
)
ORDERS = Export(
    kind="orders",
    own=frozenset({"order", "customer"}),
    needs=frozenset({"customer", "product", "quantity"}),
    columns={
        "order": ("id",),
        "customer": ("customer", "customer name"),
        "product": ("item code (items)", "items.item_code"),
        "quantity": ("quantity (items)", "qty (items)", "items.qty"),
        "unit": ("uom (items)", "items.uom"),
    },
)
STOCK = Export(
    kind="stock",
    own=frozenset({"product", "quantity", "unit", "warehouse"}),
    needs=frozenset({"product", "quantity", "warehouse"}),
    columns={
        "product": ("item code", "item"),
        "warehouse": ("warehouse",),
        "quantity": ("balance qty", "actual quantity", "actual qty"),
        "unit": ("stock uom", "uom"),
    },
)
PRODUCTS = Export(
    kind="products",
    own=frozenset({"product", "unit", "price"}),
    needs=frozenset({"product", "unit", "price"}),
    columns={
        "product": ("item code", "id"),
        "unit": ("default unit of measure",),
        "price": ("valuation rate", "standard buying rate", "last purchase rate"),
    },
)
ERPNEXT = Program("ERPNext", (ORDERS, BILLS, CENTRES, STOCK, PRODUCTS))
