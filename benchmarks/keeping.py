"""What it costs to keep a report that is read, and to link it with all others.

``python -m benchmarks.keeping --records DIR`` puts the records (JSON files) in DIR into a new store
in the order of their dates and links them in batches, as ``onrecord add`` does, and prints the
milliseconds for each report: of processor time, so that others who use the machine count little.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.store import records
from onrecord import linking
from onrecord.record import Record
from onrecord.store import Store, save
from onrecord.store.adding import BATCH


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of processor time for each report, and how many there were."""

    put: float
    link: float
    reports: int


def cost(made: Sequence[Record], store: Store) -> Cost:
    """Puts and links records, oldest first."""
    ordered = sorted(made, key=lambda record: record.report.published or "9999")
    put = link = 0.0
    for k in range(0, len(ordered), BATCH):
        began = time.process_time()
        numbers = [_put(store, record) for record in ordered[k : k + BATCH]]
        kept = time.process_time()
        linking.link(store, numbers)
        put += kept - began
        link += time.process_time() - kept
    each = 1000 / max(len(ordered), 1)
    return Cost(put * each, link * each, len(ordered))


def _put(store: Store, record: Record) -> int:
    with store.write() as connection:
        return save.put(connection, record, save.Found(place="benchmark"), reader="benchmark")


def main(arguments: Sequence[str] | None = None) -> Cost:
    """Measures and prints the cost."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=Path, default=Path("tests/fixtures"))
    parser.add_argument("--store", help="a URL of PostgreSQL's, empty")
    given = parser.parse_args(arguments)
    made = records(given.records)
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(given.store or Path(folder) / "kept.db") as store,
    ):
        found = cost(made, store)
    print(f"put {found.put:.1f} ms, link {found.link:.1f} ms a report, {found.reports} reports")
    return found


if __name__ == "__main__":
    main()
