"""Grain, key and types of every table that crosses a pipeline.

`TABLES` holds them by name; `TableValidator` checks a table against them; `values` lists what the
coded columns may hold; `prompt_text` derives a prompt's id, tokens and length from its text.
"""

from genai_session_analyzer.schema.registry import TABLES, table_schema
from genai_session_analyzer.schema.table_schema import Column, TableSchema
from genai_session_analyzer.schema.validation import TableValidator

__all__ = ["TABLES", "Column", "TableSchema", "TableValidator", "table_schema"]
