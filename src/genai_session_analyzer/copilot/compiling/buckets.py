"""Numbers grouped by ranges of them."""

from collections.abc import Iterator

from genai_session_analyzer.copilot.bucket import Bucket
from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import QueryPlan


def bucket_sql(bucket: Bucket, column: str) -> str:
    """Return the lower end of the range that a number lies in; unknown stays unknown.

    Args:
        bucket: The ranges.
        column: The number as SQL.
    """
    if bucket.width is not None:
        return f"FLOOR({column} / {bucket.width:g}) * {bucket.width:g}"
    rising = (edge for edge in bucket.edges if edge > 0)
    cases = " ".join(f"WHEN {column} >= {edge:g} THEN {edge:g}" for edge in reversed([*rising]))
    return f"CASE {cases} WHEN {column} >= 0 THEN 0 END"


def bucket_problems(plan: QueryPlan, catalogue: Catalogue) -> Iterator[str]:
    """Yield, in one sentence each, what is wrong with the ranges that a plan groups by."""
    for each in plan.buckets:
        if each.field not in plan.dimensions:
            yield f"Ranges of {each.field} need it among the dimensions."
        elif catalogue.field(plan.entity, each.field).kind != "number":
            yield f"{each.field} is no number, so it has no ranges."
