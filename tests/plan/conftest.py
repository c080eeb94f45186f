"""Two small economies: a village that lacks baking hours, and Leontief's wheat and cloth."""

import pytest

Rows = dict[str, list[dict[str, str]]]


@pytest.fixture
def village() -> Rows:
    """A farm, a mill and a bakery; the bakers' hours do not suffice, salt is bought."""
    return {
        "products": [
            {"product": "wheat", "unit": "kg", "decimals": "1", "stock": "100", "closing_stock": "80", "worth": "0.05"},
            {"product": "flour", "unit": "kg", "decimals": "1"},
            {"product": "bread", "unit": "kg", "decimals": "1"},
            {"product": "salt", "unit": "kg", "decimals": "2", "buy_price": "0.5"},
        ],
        "activities": [
            {"activity": "grow", "workplace": "farm", "runs": "20", "decimals": "2"},
            {"activity": "grind", "workplace": "mill", "runs": "", "decimals": "2"},
            {"activity": "bake", "workplace": "bakery", "runs": "", "decimals": "2"},
        ],
        "flows": [
            {"activity": "grow", "product": "wheat", "quantity": "100", "unit": "kg"},
            {"activity": "grind", "product": "wheat", "quantity": "-10", "unit": "kg"},
            {"activity": "grind", "product": "flour", "quantity": "9", "unit": "kg"},
            {"activity": "bake", "product": "flour", "quantity": "-7", "unit": "kg"},
            {"activity": "bake", "product": "salt", "quantity": "-0.2", "unit": "kg"},
            {"activity": "bake", "product": "bread", "quantity": "10", "unit": "kg"},
        ],
        "labour": [
            {"activity": "grow", "trade": "growers", "hours": "4"},
            {"activity": "grind", "trade": "growers", "hours": "0.5"},
            {"activity": "bake", "trade": "bakers", "hours": "2"},
        ],
        "hours": [
            {"trade": "growers", "workplace": "", "hours": "200", "overtime": "0"},
            {"trade": "bakers", "workplace": "bakery", "hours": "100", "overtime": "10"},
        ],
        "machines": [{"machine": "oven", "workplace": "bakery", "hours": "90"}],
        "machine_use": [{"activity": "bake", "machine": "oven", "hours": "1"}],
        "needs": [
            {"council": "hilltown", "product": "bread", "tier": "1", "quantity": "400", "worth": "2"},
            {"council": "riverbend", "product": "bread", "tier": "2", "quantity": "300", "worth": "1"},
        ],
        "limits": [{"limit": "arable", "unit": "ha", "quantity": "15"}],
        "limit_use": [{"activity": "grow", "limit": "arable", "quantity": "1"}],
        "trade_limit": [{"cash": "20"}],
        "owners": [
            {"file": "hours", "key": "bakers|bakery", "body": "union/bakers", "act": "17"},
            {"file": "needs", "key": "hilltown|bread|1", "body": "council/hilltown", "act": "18"},
        ],
    }


@pytest.fixture
def wheat_and_cloth() -> Rows:
    """Leontief's economy: labour values 2 and 5, outputs 100 and 50, labour 260."""
    return {
        "products": [{"product": "wheat", "unit": "kg"}, {"product": "cloth", "unit": "m"}],
        "activities": [{"activity": "farm", "workplace": "farm"}, {"activity": "weave", "workplace": "weavers"}],
        "flows": [
            {"activity": "farm", "product": "wheat", "quantity": "0.75"},
            {"activity": "farm", "product": "cloth", "quantity": "-0.14"},
            {"activity": "weave", "product": "wheat", "quantity": "-0.4"},
            {"activity": "weave", "product": "cloth", "quantity": "0.88"},
        ],
        "labour": [
            {"activity": "farm", "trade": "people", "hours": "0.8"},
            {"activity": "weave", "trade": "people", "hours": "3.6"},
        ],
        "hours": [{"trade": "people", "workplace": "", "hours": "300"}],
        "needs": [
            {"council": "all", "product": "wheat", "tier": "1", "quantity": "55", "worth": "10"},
            {"council": "all", "product": "cloth", "tier": "1", "quantity": "30", "worth": "10"},
        ],
    }
