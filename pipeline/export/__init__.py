"""The database for people who live in notebooks and in spreadsheets, one module a format.

Nothing is ever in memory as a whole but one row, or one group of rows.
"""

from pipeline.export.csv_tables import csv_cells
from pipeline.export.json_lines import contract_objects, json_line
from pipeline.export.write import ExportFormat, export

__all__ = ["ExportFormat", "contract_objects", "csv_cells", "export", "json_line"]
