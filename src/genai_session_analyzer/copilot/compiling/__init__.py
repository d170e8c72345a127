"""From a plan to one readable DuckDB SELECT over the documented tables."""

from genai_session_analyzer.copilot.compiling.columns import OutputColumn, output_columns
from genai_session_analyzer.copilot.compiling.plan_error import PlanError
from genai_session_analyzer.copilot.compiling.statement import plan_sql
from genai_session_analyzer.copilot.compiling.validation import validate_plan

__all__ = ["OutputColumn", "PlanError", "output_columns", "plan_sql", "validate_plan"]
