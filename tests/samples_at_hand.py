"""Where the committed samples are."""

from pathlib import Path

COMMITTED = Path(__file__).parents[1] / "samples" / "committed"
