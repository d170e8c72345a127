"""Text on its way into and out of DuckDB.

Names and literals are put into SQL only where DuckDB binds no parameters (DDL, COMMENT, ATTACH).
"""


def quoted_name(identifier: str) -> str:
    """Return an identifier in double quotes, safe to put into SQL."""
    return '"' + identifier.replace('"', '""') + '"'


def quoted_text(words: str) -> str:
    """Return a text literal in single quotes, safe to put into SQL."""
    return "'" + words.replace("'", "''") + "'"


def one_line(problem: Exception) -> str:
    """Return an error's message on one line, without DuckDB's picture of the statement."""
    return " ".join(str(problem).partition("\nLINE ")[0].split())
