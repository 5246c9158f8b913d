"""Full text over all text values: Chinese of any length, on SQLite and on PostgreSQL."""
