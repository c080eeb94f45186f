import copy

import pytest
from small import Small, seated


@pytest.fixture(scope="session")
def _seated() -> Small:
    return seated()


@pytest.fixture
def small(_seated: Small) -> Small:
    """A federation of its own for each test, in which every body is elected."""
    return copy.deepcopy(_seated)
