"""The texts of charters, for the tests of this room."""

from importlib import resources
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture(scope="session")
def shipped() -> str:
    """The default charter."""
    return (resources.files("comitia.charter") / "shipped" / "co-op-federation.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def first() -> str:
    """The default charter of the first season, in language 1."""
    return (FIXTURES / "co-op-federation-1.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def everything() -> str:
    """A charter that uses every key of the language."""
    return (FIXTURES / "everything.toml").read_text(encoding="utf-8")
