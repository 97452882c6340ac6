"""A worker: a process of its own that reads shards, one after another.

It is given a line of JSON for each shard and answers with lines of JSON. It ends when nobody is
there any more to give it shards, in whatever way they went.
"""

import json
import os
import sys
import threading
from dataclasses import asdict
from queue import SimpleQueue
from typing import IO, Any

from onrecord.errors import ModelError
from onrecord.running import reader
from onrecord.running.batch import Reading
from onrecord.running.shards import Shard
from onrecord.running.work import Settings, WriteError, read_shard

Line = dict[str, Any]


def main() -> None:
    """Reads shards until there are none left to read."""
    sys.meta_path.insert(0, _WithoutPandas)
    out = _own_stdout()
    lines: SimpleQueue[Line] = SimpleQueue()
    threading.Thread(target=_listen, args=(lines,), daemon=True).start()
    settings = Settings(**lines.get())
    try:
        made = reader.made(settings)
    except ModelError as error:
        _say(out, {"did": "broken", "why": str(error)})
        return
    _say(out, {"did": "ready", "rss": rss()})
    while True:
        _say(out, _answer(lines.get(), made, settings, out))


class _WithoutPandas:
    """Keeps pyarrow from loading pandas, where it is installed, with the first row it converts.

    Nothing here needs it, and it would cost each worker some 50 MB and half a second.
    """

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        """Finds nothing, and lets nothing else find pandas."""
        if name == "pandas":
            raise ModuleNotFoundError("pandas isn't loaded in workers", name=name)


def _own_stdout() -> IO[str]:
    """Where answers go; what a library prints goes to stderr from now on."""
    own = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return own


def _listen(lines: "SimpleQueue[Line]") -> None:
    for line in sys.stdin:
        lines.put(json.loads(line))
    os._exit(0)  # nobody would hear of what this process does now


def _say(out: IO[str], told: Line) -> None:
    try:
        out.write(json.dumps(told) + "\n")
        out.flush()
    except OSError:
        os._exit(0)


def _answer(line: Line, made: Reading, settings: Settings, out: IO[str]) -> Line:
    """What became of a shard."""
    shard = Shard(**line["shard"])
    passed_over = {int(number): kind for number, kind in line["passed_over"].items()}
    try:
        marker = read_shard(
            shard, made, settings, passed_over=passed_over,
            at=lambda number: _say(out, {"did": "at", "number": number, "rss": rss()}),
        )  # fmt: skip
    except WriteError as error:
        return {"did": "unwritable", "why": str(error)}
    except ModelError as error:
        return {"did": "broken", "why": str(error)}
    except OSError as error:
        return {"did": "failed", "why": f"{type(error).__name__}: {error}"}
    return {"did": "done", "marker": asdict(marker), "rss": rss()}


def rss() -> int:
    """The memory that this process holds, in bytes; 0 where the system doesn't tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # pragma: no cover - not Linux
        return 0


if __name__ == "__main__":
    main()
