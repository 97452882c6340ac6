"""What the records say: entries and who has which part in them."""

from sqlalchemy import JSON, Column, Float, Index, Integer, String, Table, Text, UniqueConstraint

from onrecord.store._columns import DAY, metadata, n, to

entries = Table(
    "entries",
    metadata,
    n(),
    to("reports.n", "report_n"),
    Column("key", String(20), nullable=False),
    Column("layer", String(12), nullable=False),  # statements ... figures, terms, headline
    Column("local", String(40), nullable=False),  # its id in the record
    Column("rank", Integer, nullable=False),  # its place in its layer
    to("entries.n", "parent_n", null=True),  # a term's proposal
    to("entries.n", "voice_n", null=True),  # the statement that asserts it; NULL: the report
    Column("begins", Integer, nullable=False),
    Column("ends", Integer, nullable=False),
    Column("spans", JSON, nullable=False),  # [[start, end], ...]
    Column("quote", Text, nullable=False),  # the words of the spans, " … " in the gaps
    Column("label", String(16), nullable=False),  # act, type, stance, what is counted, support
    Column("topic", String(16), nullable=False, default=""),
    Column("status", String(16), nullable=False, default=""),  # mode, status or bound
    Column("value", Float),
    Column("upper", Float),
    Column("subject", Text, nullable=False, default=""),  # whom a figure counts, normalised
    Column("where_text", Text),
    Column("when_text", Text),
    Column("happened", DAY, nullable=False, default=""),  # `when_text` as a day, where it is one
    Column("said_by", Text, nullable=False),  # the voice's name; "the report" for its own
    Column("authority", String(10), nullable=False),  # the voice's; "report" for its own
    Column("denials", Integer, nullable=False, default=0),  # statements of the report denying it
    Column("day", DAY, nullable=False, default=""),
    Column("exchange", JSON),  # of a proposal: pairs of lists of terms' keys
    Column("via", JSON),  # of a statement: whom it reached the report through
    Column("maker", String(80)),
    Column("confidence", Float),
    Column("state", String(10), nullable=False, default=""),  # accepted, corrected, rejected
    UniqueConstraint("report_n", "key", name="entries_key"),
    Index("entries_day", "layer", "day", "n"),
    Index("entries_label", "layer", "label", "subject", "day"),
    Index("entries_topic", "layer", "topic", "day"),
    Index("entries_parent", "parent_n"),
    Index("entries_voice", "voice_n"),
)
"""Every entry that points at words: statements, events, proposals, terms, positions, figures and
the headline's claims."""

answers = Table(
    "answers",
    metadata,
    to("entries.n", "entry_n", key=True),
    to("entries.n", "to_n", key=True),
    Column("kind", String(8), nullable=False),  # about, on, bears
    Index("answers_to", "to_n"),
)
"""What a statement is `about`, what a position is taken up `on`, what `bears` on the headline."""

actors = Table(
    "actors",
    metadata,
    n(),
    to("reports.n", "report_n"),
    Column("key", String(20), nullable=False),
    Column("local", String(40), nullable=False),
    Column("rank", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("norm", Text, nullable=False),  # `onrecord.store.names.norm` of the name
    Column("kind", String(10), nullable=False),
    Column("of_name", Text),  # name of whom it belongs to
    to("actors.n", "of_n", null=True),  # and its row, where that is an actor of the record
    Column("role", Text),
    Column("aliases", JSON, nullable=False),
    Column("maker", String(80)),
    Column("confidence", Float),
    Column("state", String(10), nullable=False, default=""),
    UniqueConstraint("report_n", "key", name="actors_key"),
    Index("actors_norm", "norm"),
    Index("actors_of", "of_n"),
)
"""The actors of each record, each in its report alone."""

roles = Table(
    "roles",
    metadata,
    to("entries.n", "entry_n", key=True),
    Column("role", String(10), primary_key=True),  # speaker, to, actor, recipient, by, ...
    Column("rank", Integer, primary_key=True, autoincrement=False),
    to("actors.n", "actor_n"),
    Column("layer", String(12), nullable=False),
    Column("facet", String(16), nullable=False),  # topic, else authority of a statement, else label
    Column("day", DAY, nullable=False),
    to("catalogue.n", "catalogue_n", null=True),
    to("catalogue.n", "party_n", null=True),
    Index("roles_actor", "actor_n"),
    Index("roles_catalogue", "catalogue_n", "layer", "role", "facet", "day", "entry_n"),
    Index("roles_party", "party_n", "layer", "role", "facet", "day", "entry_n"),
    Index("roles_day", "layer", "role", "day", "party_n", "catalogue_n", "facet"),
)
"""Who has which part in an entry: `speaker` and `to` of statements; `actor` and `recipient` of
events; `by`, `to` and `mediator` of proposals; `giver` of terms; `by` of positions."""

tallies = Table(
    "tallies",
    metadata,
    Column("side", String(8), primary_key=True),  # party or actor: what `who_n` is
    to("catalogue.n", "who_n", key=True),
    Column("layer", String(12), primary_key=True),
    Column("role", String(10), primary_key=True),
    Column("facet", String(16), primary_key=True),  # "" for all of them
    Column("entries", Integer, nullable=False),
    Index("tallies_most", "side", "layer", "role", "facet", "entries"),
)
"""How many rows of `roles` each party and catalogue actor has; triggers keep count."""
