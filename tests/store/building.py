"""Records of invented reports, made of a few words, and a store's links without the linking."""

from typing import Any

from sqlalchemy import Connection, select

from onrecord.record import Record
from onrecord.store import Store, catalogue, keys, save, schema
from onrecord.store.names import norm

Json = dict[str, Any]

TEXT = """{title}

BRENNA ({agency}) - The Front rejected a lasting truce on Friday, two Kaldian diplomats said.

"We reject a lasting truce," said Ilena Marrow, a member of its council. A spokesman for Velmar \
denied that the army had shelled Brenna. More than {killed} villagers were killed.

Kaldia proposed a lasting truce in exchange for the release of all prisoners. No. {number}.
"""


class Maker:
    """Makes the entries of one record over a text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def span(self, words: str, after: str = "") -> Json:
        """The first place where `words` stand behind `after`."""
        start = self.text.index(words, self.text.index(after) if after else 0)
        return {"start": start, "end": start + len(words), "text": words}


def record(
    number: int = 1,
    *,
    published: str | None = "2025-05-26",
    publisher: str | None = "Coastal Wire",
    killed: int = 40,
    agency: str = "Coastal Wire",
    title: str = "Front rejects truce",
) -> Record:
    """A report with an entry of every layer; another `number` makes another text."""
    text = TEXT.format(title=title, number=number, killed=killed, agency=agency)
    make = Maker(text)
    report = {"id": f"report-{number}", "title": title, "published": published}
    return Record.from_dict(
        {
            "report": {**report, "publisher": publisher, "text": text},
            "actors": [
                _actor("a1", "the Front", "group"),
                _actor("a2", "Kaldia", "state"),
                _actor("a3", "two Kaldian diplomats", "unnamed", of="a2"),
                _actor("a4", "Ilena Marrow", "person", of="a1", role="member of its council"),
                _actor("a5", "Velmar", "state"),
                _actor("a6", "a spokesman for Velmar", "unnamed", of="a5"),
            ],
            "statements": _statements(make),
            "events": _events(make),
            "proposals": _proposals(make),
            "positions": _positions(make),
            "figures": [_figure(make, killed)],
            "headline": [{"claim": make.span(title), "support": "full", "by": ["s2"]}],
        }
    )


def _actor(id: str, name: str, kind: str, of: str | None = None, role: str | None = None) -> Json:
    return {"id": id, "name": name, "aliases": [], "kind": kind, "of": of, "role": role}


def _statements(make: Maker) -> list[Json]:
    plain: Json = {"via": [], "to": [], "within": None, "about": []}
    return [
        {
            **plain,
            "id": "s1",
            "content": [make.span("The Front rejected a lasting truce on Friday")],
            "cue": make.span("said"),
            "source": make.span("two Kaldian diplomats"),
            "speaker": ["a3"],
            "mode": "indirect",
            "act": "assert",
            "authority": "unnamed",
        },
        {
            **plain,
            "id": "s2",
            "content": [make.span('"We reject a lasting truce,"')],
            "cue": make.span("said", "truce,"),
            "source": make.span("Ilena Marrow, a member of its council"),
            "speaker": ["a4"],
            "mode": "direct",
            "act": "reject",
            "authority": "named",
        },
        {
            **plain,
            "id": "s3",
            "content": [make.span("that the army had shelled Brenna")],
            "cue": make.span("denied"),
            "source": make.span("A spokesman for Velmar"),
            "speaker": ["a6"],
            "mode": "indirect",
            "act": "deny",
            "authority": "unnamed",
            "about": ["e1"],
        },
    ]


def _events(make: Maker) -> list[Json]:
    plain: Json = {"where": None, "when": None}
    return [
        {
            **plain,
            "id": "e1",
            "type": "REJECT",
            "trigger": make.span("rejected"),
            "actors": ["a1"],
            "recipients": ["a2"],
            "when": make.span("on Friday"),
            "voice": "s1",
            "status": "actual",
        },
        {
            **plain,
            "id": "e2",
            "type": "ASSAULT",
            "trigger": make.span("shelled"),
            "actors": ["a5"],
            "recipients": [],
            "voice": "s3",
            "status": "negated",
        },
    ]


def _proposals(make: Maker) -> list[Json]:
    behind = "Kaldia proposed"
    truce = {"id": "t1", "what": make.span("a lasting truce", behind), "topic": "ceasefire"}
    freed = {"id": "t2", "what": make.span("the release of all prisoners"), "topic": "captives"}
    return [
        {
            "id": "p1",
            "by": ["a2"],
            "to": ["a1"],
            "mediators": [],
            "name": None,
            "terms": [{**truce, "giver": []}, {**freed, "giver": ["a1"]}],
            "exchange": [[["t1"], ["t2"]]],
            "voice": "author",
        }
    ]


def _positions(make: Maker) -> list[Json]:
    what = make.span("a lasting truce")
    again = make.span("a lasting truce", '"We')
    return [
        {"id": "o1", "by": ["a1"], "stance": "rejects", "what": what, "topic": "ceasefire",
         "on": "p1", "voice": "s1"},
        {"id": "o2", "by": ["a4"], "stance": "rejects", "what": again, "topic": "ceasefire",
         "on": "t1", "voice": "s2"},
        {"id": "o3", "by": ["a2"], "stance": "offers",
         "what": make.span("a lasting truce", "Kaldia proposed"), "topic": "ceasefire",
         "on": "t1", "voice": "author"},
    ]  # fmt: skip


def _figure(make: Maker, killed: int) -> Json:
    return {
        "id": "f1",
        "span": make.span(f"More than {killed} villagers were killed"),
        "value": killed,
        "upper": None,
        "bound": "more_than",
        "what": "killed",
        "who": make.span("villagers"),
        "when": None,
        "voice": "author",
    }


def link_by_name(connection: Connection) -> None:
    """Gives each name a catalogue actor of its own; who belongs to a party is on its side."""
    known = {row.id: row.n for row in connection.execute(select(schema.catalogue))}
    rows = connection.execute(select(schema.actors).order_by(schema.actors.c.n)).all()
    number = {row.n: _known(connection, row, known) for row in rows}
    catalogue.assign(
        connection,
        [
            catalogue.Membership(
                actor_n=row.n,
                catalogue_n=None if row.kind == "unnamed" else number[row.n],
                party_n=number[row.of_n] if row.of_n else number[row.n],
                made_by="by name",
            )
            for row in rows
        ],
    )


def _known(connection: Connection, row: Any, known: dict[str, int]) -> int:
    id = f"c-{norm(row.name)}"
    if id not in known:
        n = known[id] = max(known.values(), default=0) + 1
        made = {"n": n, "id": id, "name": row.name, "kind": row.kind, "made_by": "by name"}
        connection.execute(schema.catalogue.insert().values(made))
        name = {"catalogue_n": n, "norm": norm(row.name), "name": row.name, "kind": "name"}
        connection.execute(schema.catalogue_names.insert().values({**name, "made_by": "by name"}))
    return known[id]


def kept(store: Store) -> int:
    """Puts `record()` into a store, its actors linked by name; the report's number."""
    with store.write() as connection:
        number = save.put(connection, record(), save.Found(place="here"), reader="old")
        link_by_name(connection)
        return number


def target(local: str) -> str:
    """What a review of `record()`'s entry with this id names."""
    made = record()
    return f"{keys.report_id(made.text)}:{keys.keys(made)[local]}"
