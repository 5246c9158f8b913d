"""Born-digital PDF pages into evidence: what is painted, boxes, rulings, cells, lines."""
