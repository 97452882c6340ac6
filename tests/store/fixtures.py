"""A new store for each test, on SQLite and on PostgreSQL: what holds for one must hold for both.

`tests/conftest.py` takes these in, so that one server serves the tests of the store, of the linking
and of whatever else keeps something.
"""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from tests.store import postgres

from onrecord.store import Store

_NUMBERS = itertools.count(1)
_WHY: list[str] = []


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server; skips where none can be started."""
    try:
        running = postgres.server()
        url = running.__enter__()
    except (RuntimeError, OSError) as error:
        _WHY.append(str(error))
        pytest.skip(f"no PostgreSQL: {error}")
    yield url
    running.__exit__(None, None, None)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new store can be made."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    server: str = request.getfixturevalue("server")
    name = f"test{next(_NUMBERS)}"
    engine = create_engine(
        server.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    engine.dispose()
    return f"{server}?options=-csearch_path%3D{name}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A new store."""
    with Store.open(url) as opened:
        yield opened


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says aloud that half of the store's tests did not run."""
    for why in _WHY:
        terminalreporter.write_line(f"NOT TESTED ON POSTGRESQL: {why}", red=True, bold=True)
