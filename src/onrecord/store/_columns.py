"""The columns that tables of the store share."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, String

metadata = MetaData()

NUMBER = BigInteger().with_variant(Integer(), "sqlite")
DAY = String(10)


def n() -> Column[int]:
    """The number of a row."""
    return Column("n", NUMBER, primary_key=True, autoincrement=True)


def to(column: str, name: str, *, null: bool = False, key: bool = False) -> Column[int]:
    """A reference to `table.n`: the row goes when that one goes, or forgets it where `null`.

    With `key` it is part of the primary key.
    """
    rule = "SET NULL" if null else "CASCADE"
    refers = ForeignKey(column, ondelete=rule)
    if key:
        return Column(name, NUMBER, refers, primary_key=True, autoincrement=False)
    return Column(name, NUMBER, refers, nullable=null)
