"""Crops of one line of print into characters: a port and the engines behind it."""
