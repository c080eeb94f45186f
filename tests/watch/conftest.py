import lived
import pytest
from small import Small

from comitia.watch.view import View


@pytest.fixture(scope="session")
def free() -> Small:
    return lived.free()


@pytest.fixture(scope="session")
def party() -> Small:
    return lived.party()


@pytest.fixture(scope="session")
def freely(free: Small) -> View:
    return lived.view(free)


@pytest.fixture(scope="session")
def above(party: Small) -> View:
    return lived.view(party)
