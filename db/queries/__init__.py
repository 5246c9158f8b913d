"""Questions to the database: named ones kept as SQL files, and free read-only ones."""

from db.queries.catalogue import NamedQuery, QueryError, named_queries
from db.queries.run import QueryResult, run_named, run_sql

__all__ = ["NamedQuery", "QueryError", "QueryResult", "named_queries", "run_named", "run_sql"]
