"""When something last happened with a CV or a job."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the moment; none stands for that of being given."""
    for table in ("resumes", "jobs"):
        op.add_column(table, sa.Column("touched_at", sa.String(40)))
