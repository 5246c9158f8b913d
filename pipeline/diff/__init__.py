"""What changed between two readings of one declaration, by name and by text, never by position."""
