"""From evidence to the fields of a known layout, and to pairs where no layout is known."""
