"""Rules on one declaration, one small function each; the function's name is the rule's id."""
