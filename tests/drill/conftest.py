"""The shipped charter, and invented members at random."""

import random
from collections.abc import Callable
from importlib import resources

import pytest

from comitia.charter import parse
from comitia.charter.structure import Charter
from comitia.drill import cells
from comitia.drill.cells import Cells

Mix = Callable[[int, int], Cells]


@pytest.fixture(scope="session")
def shipped() -> Charter:
    text = (resources.files("comitia.charter") / "shipped" / "co-op-federation.toml").read_text(encoding="utf-8")
    return parse.parse(text, file="shipped")


@pytest.fixture(scope="session")
def mixed(shipped: Charter) -> Mix:
    """Return members of so many workplaces, by seed: half of a workplace's members in its main trade and locality."""

    def mix(workplaces: int, seed: int) -> Cells:
        chance = random.Random(seed)
        main = {f"w{w}": (chance.randrange(6), chance.randrange(4)) for w in range(workplaces)}
        members = []
        for workplace, (trade, locality) in main.items():
            for _ in range(chance.randint(4, 40)):
                trade_of = trade if chance.random() < 0.5 else chance.randrange(6)
                locality_of = locality if chance.random() < 0.5 else chance.randrange(4)
                members.append({"workplace": workplace, "trade": f"t{trade_of}", "locality": f"l{locality_of}"})
        within = {f"workplace/{w}": f"district/d{locality % 2}" for w, (_, locality) in main.items()}
        return cells.count(shipped, members, within)

    return mix
