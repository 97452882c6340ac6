"""What SQLAlchemy has no words for: full-text indexes, and triggers that keep rows as they are."""

_REVIEWS = "reviews are appended, never changed"
_TEXTS = "the text of a report is never changed"

_TALLY = """INSERT INTO tallies(side, who_n, layer, role, facet, entries)
    VALUES ('{side}', {row}.{column}, {row}.layer, {row}.role, {facet}, {by})
    ON CONFLICT (side, who_n, layer, role, facet) DO UPDATE SET entries = tallies.entries + {by}"""
_SIDES = (("party", "party_n"), ("actor", "catalogue_n"))


def _counted(row: str, side: str, column: str, by: int) -> str:
    """Statements that count a row of `roles`, in all and by facet."""
    facets = (f"{row}.facet", "''")
    made = [_TALLY.format(side=side, row=row, column=column, facet=f, by=by) for f in facets]
    return "; ".join(made) + ";"


def _sqlite_tallies() -> tuple[str, ...]:
    made: list[str] = []
    for side, column in _SIDES:
        made += [
            f"""CREATE TRIGGER tally_{side}_in AFTER INSERT ON roles
            WHEN new.{column} IS NOT NULL BEGIN {_counted("new", side, column, 1)} END""",
            f"""CREATE TRIGGER tally_{side}_out AFTER DELETE ON roles
            WHEN old.{column} IS NOT NULL BEGIN {_counted("old", side, column, -1)} END""",
            f"""CREATE TRIGGER tally_{side}_from AFTER UPDATE OF {column} ON roles
            WHEN old.{column} IS NOT NULL AND old.{column} IS NOT new.{column}
            BEGIN {_counted("old", side, column, -1)} END""",
            f"""CREATE TRIGGER tally_{side}_to AFTER UPDATE OF {column} ON roles
            WHEN new.{column} IS NOT NULL AND old.{column} IS NOT new.{column}
            BEGIN {_counted("new", side, column, 1)} END""",
        ]
    return tuple(made)


def _postgresql_tallies() -> tuple[str, ...]:
    body = ""
    for side, column in _SIDES:
        body += f"""
        IF TG_OP <> 'INSERT' AND old.{column} IS NOT NULL
            AND (TG_OP = 'DELETE' OR old.{column} IS DISTINCT FROM new.{column})
            AND EXISTS (SELECT 1 FROM catalogue WHERE n = old.{column}) THEN
            {_counted("old", side, column, -1)} END IF;
        IF TG_OP <> 'DELETE' AND new.{column} IS NOT NULL
            AND (TG_OP = 'INSERT' OR old.{column} IS DISTINCT FROM new.{column}) THEN
            {_counted("new", side, column, 1)} END IF;"""
    return (
        f"""CREATE FUNCTION roles_tally() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}
        RETURN NULL; END $$""",
        """CREATE TRIGGER roles_tally AFTER INSERT OR DELETE OR UPDATE OF party_n, catalogue_n
        ON roles FOR EACH ROW EXECUTE FUNCTION roles_tally()""",
    )


_SQLITE = (
    *_sqlite_tallies(),
    """CREATE VIRTUAL TABLE texts_fts USING fts5(
        title, text, content='texts', content_rowid='report_n',
        tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER texts_inserted AFTER INSERT ON texts BEGIN
        INSERT INTO texts_fts(rowid, title, text) VALUES (new.report_n, new.title, new.text);
    END""",
    """CREATE TRIGGER texts_deleted AFTER DELETE ON texts BEGIN
        INSERT INTO texts_fts(texts_fts, rowid, title, text)
        VALUES ('delete', old.report_n, old.title, old.text);
    END""",
    """CREATE TRIGGER texts_updated AFTER UPDATE ON texts BEGIN
        INSERT INTO texts_fts(texts_fts, rowid, title, text)
        VALUES ('delete', old.report_n, old.title, old.text);
        INSERT INTO texts_fts(rowid, title, text) VALUES (new.report_n, new.title, new.text);
    END""",
    f"""CREATE TRIGGER texts_kept BEFORE UPDATE ON texts WHEN old.text IS NOT new.text BEGIN
        SELECT RAISE(ABORT, '{_TEXTS}');
    END""",
    f"""CREATE TRIGGER reviews_kept BEFORE UPDATE ON reviews BEGIN
        SELECT RAISE(ABORT, '{_REVIEWS}');
    END""",
    f"""CREATE TRIGGER reviews_stay BEFORE DELETE ON reviews BEGIN
        SELECT RAISE(ABORT, '{_REVIEWS}');
    END""",
)

_LONGEST = 200_000
"""Characters of a text that PostgreSQL indexes: its vectors hold 1 MB at most."""

_POSTGRESQL = (
    *_postgresql_tallies(),
    f"""ALTER TABLE texts ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', coalesce(title, '')), 'A') ||
        to_tsvector('english', left(text, {_LONGEST}))) STORED""",
    "CREATE INDEX texts_words ON texts USING gin (words)",
    f"""CREATE FUNCTION texts_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF old.text IS DISTINCT FROM new.text THEN RAISE EXCEPTION '{_TEXTS}'; END IF;
        RETURN new;
    END $$""",
    """CREATE TRIGGER texts_kept BEFORE UPDATE ON texts
        FOR EACH ROW EXECUTE FUNCTION texts_keep()""",
    f"""CREATE FUNCTION reviews_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION '{_REVIEWS}';
    END $$""",
    """CREATE TRIGGER reviews_kept BEFORE UPDATE OR DELETE ON reviews
        FOR EACH ROW EXECUTE FUNCTION reviews_keep()""",
)

FIRST = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
"""What the first migration runs after the tables are made, by database."""

TALLIES = {"sqlite": _sqlite_tallies(), "postgresql": _postgresql_tallies()}
"""The triggers that keep the tallies: a bulk load leaves them out and counts at its end."""
