"""Links between reports, filled by the linking."""

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from onrecord.store._columns import DAY, metadata, n, to

signatures = Table(
    "signatures",
    metadata,
    to("reports.n", "report_n", key=True),
    Column("scheme", String(40), primary_key=True),  # version of shingles, hash and permutations
    Column("body", LargeBinary, nullable=False),
)
"""The MinHash of each report."""

bands = Table(
    "bands",
    metadata,
    Column("scheme", String(40), primary_key=True),
    Column("band", Integer, primary_key=True, autoincrement=False),
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    to("reports.n", "report_n", key=True),
    Index("bands_report", "report_n"),
)
"""One row a band of a signature: reports that share one may be copies of each other."""

origins = Table(
    "origins",
    metadata,
    n(),
    to("reports.n", "first_n"),  # the earliest report of it
    Column("day", DAY, nullable=False, default=""),
    Column("publisher", Text),  # the agency credited, else the earliest's publisher
    Column("copies", Integer, nullable=False, default=1),
    Column("scheme", String(40), nullable=False),
    Index("origins_first", "first_n"),
)
"""One telling of a story, however many outlets carry it."""

origin_members = Table(
    "origin_members",
    metadata,
    to("reports.n", "report_n", key=True),
    to("origins.n", "origin_n"),
    Column("similarity", Float, nullable=False),  # to the origin's first report
    Index("origin_members_origin", "origin_n"),
)
"""The origin that each report belongs to."""

versions = Table(
    "versions",
    metadata,
    to("reports.n", "report_n", key=True),
    to("reports.n", "earlier_n", key=True),
    Column("similarity", Float, nullable=False),
    Column("diff", JSON, nullable=False),  # of the two records: what was added, dropped, changed
    Index("versions_earlier", "earlier_n"),
)
"""A later version of the same outlet's story, and what it changed."""

catalogue = Table(
    "catalogue",
    metadata,
    n(),
    Column("id", String(40), nullable=False, unique=True),  # a hash of the name it was made with
    Column("name", Text, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("country", String(3)),  # ISO 3166-1 alpha-2, of a state or what belongs to one
    to("catalogue.n", "party_n", null=True),  # whose side it is on; NULL: its own
    to("catalogue.n", "merged_n", null=True),  # what it was merged into
    Column("made_by", String(80), nullable=False),
    Index("catalogue_party", "party_n"),
    Index("catalogue_merged", "merged_n"),
)
"""The actors across all reports."""

catalogue_names = Table(
    "catalogue_names",
    metadata,
    to("catalogue.n", "catalogue_n", key=True),
    Column("norm", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", String(10), nullable=False),  # name, alias, acronym, title, metonym, demonym
    Column("used", Integer, nullable=False, default=1),
    Column("made_by", String(80), nullable=False),
    Index("catalogue_names_norm", "norm"),
)
"""What a catalogue actor is called."""

memberships = Table(
    "memberships",
    metadata,
    to("actors.n", "actor_n", key=True),
    to("catalogue.n", "catalogue_n", null=True),  # NULL: nobody who could be known elsewhere
    to("catalogue.n", "party_n", null=True),  # whose side it is on here
    Column("made_by", String(80), nullable=False),  # a rule's version, or "review"
    Column("confidence", Float),
    Index("memberships_catalogue", "catalogue_n"),
    Index("memberships_party", "party_n"),
)
"""Which catalogue actor an actor of a record is; set by `onrecord.store.catalogue.assign`."""

affiliations = Table(
    "affiliations",
    metadata,
    to("catalogue.n", "catalogue_n", key=True),
    Column("role", Text, primary_key=True, default=""),
    Column("of_norm", Text, primary_key=True, default=""),
    to("catalogue.n", "of_n", null=True),
    Column("first_day", DAY, nullable=False, default=""),
    Column("last_day", DAY, nullable=False, default=""),
    Column("told", Integer, nullable=False, default=1),
    Index("affiliations_of", "of_n"),
)
"""Roles and offices of catalogue actors, and from when to when reports give them."""

claims = Table(
    "claims",
    metadata,
    n(),
    Column("id", String(40), nullable=False, unique=True),  # a hash of its first member's id
    Column("layer", String(12), nullable=False),
    Column("label", String(16), nullable=False),
    Column("topic", String(16), nullable=False, default=""),
    to("entries.n", "entry_n"),  # the member that tells it best
    to("catalogue.n", "party_n", null=True),  # who does, proposes or holds it
    Column("first_day", DAY, nullable=False, default=""),
    Column("last_day", DAY, nullable=False, default=""),
    Column("tellings", Integer, nullable=False, default=1),
    Column("supporters", Integer, nullable=False, default=0),  # distinct voices
    Column("deniers", Integer, nullable=False, default=0),
    Column("origins", Integer, nullable=False, default=1),  # independent ones
    Column("authority", String(10), nullable=False),  # the strongest among the supporters
    Column("made_by", String(80), nullable=False),
    Index("claims_last", "layer", "last_day", "n"),
    Index("claims_party", "party_n", "layer", "last_day"),
    Index("claims_entry", "entry_n"),
    Index("claims_authority", "authority", "last_day", "n"),
)
"""One event, proposal, term, position or figure, in however many reports and voices."""

claim_members = Table(
    "claim_members",
    metadata,
    to("entries.n", "entry_n", key=True),
    to("claims.n", "claim_n", key=True),
    Column("side", String(8), nullable=False),  # supports, denies
    Column("confidence", Float),
    Index("claim_members_claim", "claim_n", "side"),
    CheckConstraint("side IN ('supports', 'denies')", name="claim_members_side"),
)
"""The entries that tell a claim, and the statements that deny it."""

disputes = Table(
    "disputes",
    metadata,
    n(),
    to("claims.n", "claim_n"),
    to("claims.n", "other_n", null=True),  # the figure that can't hold beside the first one
    Column("kind", String(8), nullable=False),  # denied, figures
    Column("topic", String(16), nullable=False, default=""),
    Column("first_day", DAY, nullable=False, default=""),
    Column("last_day", DAY, nullable=False, default=""),
    UniqueConstraint("claim_n", "other_n", "kind", name="disputes_once"),
    Index("disputes_last", "last_day", "n"),
    Index("disputes_other", "other_n"),
)
"""A claim with voices on both sides, or two figures that can't both hold."""
