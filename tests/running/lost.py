"""A run on a cluster of two nodes that loses one, or an actor: `python -m ... SOURCE OUT WHAT`.

In a process of its own, since Ray joins one cluster a process.
"""

import json
import sys
from pathlib import Path

from benchmarks.faults import Loss, two_nodes
from tests.running.fakes import plan

from onrecord.running import run


def main(source: str, out: str, what: str) -> None:
    with two_nodes() as (address, lose):
        loss = Loss(lose[what])
        progress = run(plan([source], Path(out), ray=address, workers=2, watch=loss.look))
    told = {"reports": progress.reports, "replaced": progress.replaced, "after": loss.after}
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
