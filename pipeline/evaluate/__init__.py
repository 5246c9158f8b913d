"""How right an extraction is: predictions against truth, by group of fields."""

from pipeline.evaluate.evaluate import evaluate
from pipeline.evaluate.report import Discrepancy, Report, RowScore, Score

__all__ = ["Discrepancy", "Report", "RowScore", "Score", "evaluate"]
