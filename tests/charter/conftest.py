"""The text of the shipped charter, for the tests of this room."""

from importlib import resources

import pytest


@pytest.fixture(scope="session")
def shipped() -> str:
    return (resources.files("comitia.charter") / "shipped" / "co-op-federation.toml").read_text(encoding="utf-8")
