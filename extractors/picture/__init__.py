"""A picture of a page into evidence: darkness, rectify, rulings, grid, lines, marks, characters."""
