"""Rules that compare declarations with one another, by an index and never pair by pair."""
