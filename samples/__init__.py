"""Generator of declarations and of their scans, and a small committed set with goldens."""
