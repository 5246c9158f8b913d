"""Shenbao (申报): archives of declaration forms into a database that auditors trust."""

from importlib.metadata import version

__version__ = version("shenbao")
