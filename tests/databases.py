"""Looking into a database past the store, whichever kind it is."""

from contextlib import contextmanager

from sqlalchemy import create_engine


@contextmanager
def connected(url):
    """A connection that commits at its end."""
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def rows_of_all_tables(connection):
    """Every row of every table of an SQLite database; those of the text index are derived."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_index%' "
        "ORDER BY name"
    ).fetchall()
    return [
        (name, *row)
        for (name,) in names
        for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid')
    ]
