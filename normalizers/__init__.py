"""Text into values. Pure functions without input or output, and the record types."""
