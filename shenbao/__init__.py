"""Shenbao (申报): archives of declaration forms into a database that auditors trust."""
