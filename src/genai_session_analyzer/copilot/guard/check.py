"""The guard: one statement in, the same statement or a refusal out."""

from dataclasses import dataclass

from genai_session_analyzer.copilot.guard.allowed import Allowed
from genai_session_analyzer.copilot.guard.columns import check_columns
from genai_session_analyzer.copilot.guard.parsing import parse
from genai_session_analyzer.copilot.guard.text_rules import check_text
from genai_session_analyzer.copilot.guard.tree_rules import TreeRules


@dataclass(frozen=True)
class CheckedSql:
    """A statement that may be run.

    Attributes:
        sql: The statement as it was given, without the white space and semicolons around it.
        tables: Names of the build's tables it reads, sorted.
        functions: Names of the functions it uses, operators included, sorted.
    """

    sql: str
    tables: tuple[str, ...]
    functions: tuple[str, ...]


def check_sql(sql: str, allowed: Allowed) -> CheckedSql:
    """Return the statement where it is one SELECT over allowed tables and functions.

    Nothing is run. May be called by several threads at once.

    Args:
        sql: What a person or a model wrote.
        allowed: What the build has, from `allowed_in`.

    Raises:
        SqlRefusedError: It breaks a rule; the error has the rule's id, one sentence and a remedy.
    """
    check_text(sql)
    tree = parse(sql)
    rules = TreeRules(allowed)
    rules.check(tree)
    check_columns(tree, rules.tables, allowed)
    return CheckedSql(
        sql=sql.strip().strip(";").strip(),
        tables=tuple(sorted(rules.tables)),
        functions=tuple(sorted(rules.functions)),
    )
