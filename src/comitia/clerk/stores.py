"""Which store keeps a federation's record: a file in its folder, or the PostgreSQL database that its folder names."""

from comitia.clerk.home import Home
from comitia.record import store_postgres, store_sqlite
from comitia.record.store import Store


def open(home: Home) -> Store:
    """Open the record of a folder; make an empty one if there is none.

    Raises:
        StoreFault: it cannot be opened.
    """
    if home.database.exists():
        return store_postgres.Store.open(home.database.read_text(encoding="utf-8").strip(), keys=home.keys)
    return store_sqlite.Store.open(home.record)


def exist(home: Home) -> bool:
    """Return whether a folder has a record, or names the database of one."""
    return home.record.exists() or home.database.exists()


def place(home: Home, database: str) -> None:
    """Keep a folder's record in a database from now on; the text may hold a password: the owner alone reads it."""
    home.database.touch(mode=0o600)
    home.database.write_text(database + "\n", encoding="utf-8")
