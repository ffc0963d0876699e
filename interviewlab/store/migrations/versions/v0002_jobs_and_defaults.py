"""Job descriptions, and which CV and job an owner takes by default."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the table of jobs and the mark of the default."""
    op.add_column("resumes", sa.Column("is_default", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
        sa.Column("is_default", sa.Boolean, nullable=False),
    )
    op.create_index("ix_jobs_owner", "jobs", ["owner"])
