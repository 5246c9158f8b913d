"""Run by Alembic for each upgrade: on the connection that it was given, inside its transaction."""

from __future__ import annotations

from alembic import context

from db.models import Base
from db.search.index import is_modelled

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
    include_name=is_modelled,
)
context.run_migrations()
