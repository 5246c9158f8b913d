"""What paper, scanner and camera do to a printed page, one step a module.

Every step takes and returns pages as uint8 arrays (height, width, 3), RGB, and draws all chance
from an explicit generator.
"""
