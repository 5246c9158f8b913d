"""Rulings into cells: snap, join, edges, regions, cells."""
