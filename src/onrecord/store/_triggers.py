"""What SQLAlchemy has no words for: full-text indexes, and triggers that keep rows as they are."""

_REVIEWS = "reviews are appended, never changed"
_TEXTS = "the text of a report is never changed"

_SQLITE = (
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
