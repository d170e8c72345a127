"""Deciding whether a statement may be run: one SELECT over the tables of the build.

`check_sql` judges by DuckDB's own parser and allow-lists, not by words: a column `last_update` or a
text 'DROP' is fine, an unknown function or a file's name in FROM is not.
"""

from genai_session_analyzer.copilot.guard.allowed import Allowed, allowed_in
from genai_session_analyzer.copilot.guard.check import CheckedSql, check_sql

__all__ = ["Allowed", "CheckedSql", "allowed_in", "check_sql"]
