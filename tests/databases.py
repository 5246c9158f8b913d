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
