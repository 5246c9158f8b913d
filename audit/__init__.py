"""What auditors ask of declarations: one small rule each, and how every check came out."""
