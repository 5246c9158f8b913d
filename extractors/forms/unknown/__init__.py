"""What print alone tells of a form that nobody has defined: labels, values, headers, options."""
