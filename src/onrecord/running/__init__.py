"""Reading at the scale of a corpus: shards in, Parquet out, on processes or a Ray cluster.

`run(Plan(...))` does it. A shard is read by a worker (`work`), report by report through one pure
function (`batch`), its rows are written (`datasets`), and then its marker (`markers`). Workers are
processes (`local`, `process`, `worker`) or actors that have one (`cluster`).
"""

from onrecord.running.driver import Plan, run
from onrecord.running.problems import Bound
from onrecord.running.progress import Progress
from onrecord.running.work import Settings

__all__ = ["Bound", "Plan", "Progress", "Settings", "run"]
