"""language of members, and lower-case addresses"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = ("member", "book", "review")


def upgrade() -> None:
    op.add_column("member", sa.Column("language", sa.String(5)))
    op.execute("UPDATE member SET email = lower(email)")
    for table in TABLES:
        op.execute(f"UPDATE {table} SET created_at = now() WHERE created_at IS NULL")
    connection = op.get_bind()
    for row in connection.execute(sa.text("SELECT id, name FROM member WHERE name = ''")):
        connection.execute(sa.text("UPDATE member SET name = :name WHERE id = :id"), {"name": f"member {row.id}", "id": row.id})


def downgrade() -> None:
    op.drop_column("member", "language")
