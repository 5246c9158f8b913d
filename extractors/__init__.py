"""Pixels and PDF objects into evidence: what is on a page, where, and how sure that is."""
