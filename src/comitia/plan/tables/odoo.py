"""Columns of Odoo's exports (versions 12 to 19): bills of materials, work centres, products, stock, sales orders.

Odoo exports any list under the labels of its fields joined by "/" or, in the import-compatible form, under their names.
Labels and names are those of the models mrp.bom, mrp.bom.line, mrp.bom.byproduct, mrp.routing.workcenter,
mrp.workcenter, product.template, stock.quant and sale.order in Odoo's source (odoo/odoo, addons mrp, product, stock,
sale; 19 renames product_uom_id to uom_id, "Unit"). Minutes are those of "Manual Duration"; a calendar's hours come from
resource.calendar.
"""

from comitia.plan.tables.exports import Export, Program

UNIT = ("unit of measure", "product unit of measure", "unit", "uom", "product_uom_id", "uom_id")

BILLS = Export(
    kind="bills of materials",
    own=frozenset({"id", "reference", "product", "quantity", "unit", "company"}),
    needs=frozenset({"product", "input", "input quantity"}),
    columns={
        "id": ("external id", "id", "id/id"),
        "reference": ("reference", "code"),
        "product": (
            "product/internal reference",
            "product_tmpl_id/default_code",
            "product",
            "product_tmpl_id",
            "product/name",
            "product_tmpl_id/name",
            "product/external id",
            "product_tmpl_id/id",
        ),
        "quantity": ("quantity", "product_qty"),
        "unit": UNIT,
        "company": ("company", "company_id"),
        "input": (
            "bom lines/component/internal reference",
            "bom_line_ids/product_id/default_code",
            "bom lines/component",
            "bom lines/product variant",
            "bom_line_ids/product_id",
            "bom lines/component/name",
            "bom lines/component/external id",
            "bom_line_ids/product_id/id",
        ),
        "input quantity": ("bom lines/quantity", "bom_line_ids/product_qty"),
        "input unit": (
            "bom lines/product unit of measure",
            "bom lines/unit of measure",
            "bom lines/unit",
            "bom_line_ids/product_uom_id",
            "bom_line_ids/uom_id",
        ),
        "operation": ("operations/operation", "operation_ids/name"),
        "centre": ("operations/work center", "operation_ids/workcenter_id"),
        "minutes": (
            "operations/manual duration",
            "operation_ids/time_cycle_manual",
            "operations/duration",
            "operation_ids/time_cycle",
        ),
        "by-product": ("by-products/by-product", "by-products/product", "byproduct_ids/product_id"),
        "by-product quantity": ("by-products/quantity", "byproduct_ids/product_qty"),
        "by-product unit": (
            "by-products/unit of measure",
            "by-products/unit",
            "byproduct_ids/product_uom_id",
            "byproduct_ids/uom_id",
        ),
    },
)
CENTRES = Export(
    kind="work centres",
    own=frozenset({"centre", "hours a week", "hours a day", "capacity", "efficiency", "company"}),
    needs=frozenset({"centre", "of a work centre"}),
    columns={
        "of a work centre": (
            "time efficiency",
            "time_efficiency",
            "default_capacity",
            "capacity",
            "working hours",
            "working hours/hours per week",
            "resource_calendar_id",
            "costs_hour",
            "cost per hour",
        ),
        "centre": ("work center", "name"),
        "hours a week": (
            "working hours/hours per week",
            "working time/hours per week",
            "resource_calendar_id/hours_per_week",
        ),
        "hours a day": (
            "working hours/average hour per day",
            "working time/average hour per day",
            "resource_calendar_id/hours_per_day",
        ),
        "capacity": ("capacity", "default_capacity"),
        "efficiency": ("time efficiency", "time_efficiency"),
        "company": ("company", "company_id"),
    },
)
ORDERS = Export(
    kind="orders",
    own=frozenset({"order", "customer"}),
    needs=frozenset({"product", "quantity"}),
    columns={
        "order": ("order reference", "name"),
        "customer": ("customer", "partner_id", "customer/name", "partner_id/name"),
        "product": (
            "order lines/product/internal reference",
            "order_line/product_id/default_code",
            "order lines/product",
            "order lines/product variant",
            "order_line/product_id",
        ),
        "quantity": ("order lines/quantity", "order_line/product_uom_qty"),
        "unit": (
            "order lines/unit of measure",
            "order lines/unit",
            "order_line/product_uom",
            "order_line/product_uom_id",
        ),
    },
)
STOCK = Export(
    kind="stock",
    own=frozenset({"product", "quantity", "unit", "location"}),
    needs=frozenset({"product", "quantity", "location"}),
    columns={
        "product": ("product/internal reference", "product_id/default_code", "product", "product_id"),
        "location": ("location", "location_id"),
        "quantity": ("quantity", "inventory_quantity_auto_apply"),
        "unit": UNIT,
    },
)
PRODUCTS = Export(
    kind="products",
    own=frozenset({"product", "quantity", "unit", "price"}),
    needs=frozenset({"product", "price"}),
    columns={
        "product": ("internal reference", "default_code", "name", "display name", "display_name"),
        "quantity": ("quantity on hand", "qty_available"),
        "unit": UNIT,
        "price": ("cost", "standard_price"),
    },
)
ODOO = Program("Odoo", (BILLS, ORDERS, STOCK, CENTRES, PRODUCTS))
