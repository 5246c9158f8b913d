"""Whether a form definition says what its author means: all complaints at once, with lines."""
