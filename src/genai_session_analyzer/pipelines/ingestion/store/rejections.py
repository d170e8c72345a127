"""Why rows are rejected, counted and with an example: for the error message and the dry run."""

from dataclasses import dataclass

import ibis.expr.types as ir

from genai_session_analyzer.errors import RejectionError


@dataclass(frozen=True)
class Rejection:
    """One reason, how many rows it concerns and the first of them."""

    reason: str
    row_count: int
    first_row: int

    def __str__(self) -> str:
        return f"{self.reason} ({self.row_count:,} rows, first row {self.first_row:,})"


def count_rejections(rejected: ir.Table) -> list[Rejection]:
    """Counts rejected rows by reason, the commonest first.

    Args:
        rejected: `row_number`, `reasons`; a row counts once for every reason it has.
    """
    named = rejected.select("row_number", reason=rejected.reasons.unnest())
    counted = named.group_by("reason").agg(
        row_count=named.count(), first_row=named.row_number.min()
    )
    ordered = counted.order_by([counted.row_count.desc(), "reason"])
    return [Rejection(**row) for row in ordered.to_pyarrow().to_pylist()]


def require_share(
    source: str, rows_in: int, rejected: ir.Table, rejected_count: int, max_share: float
) -> None:
    """Checks that no more than the allowed share of a file's rows was rejected.

    Raises:
        RejectionError: It was; the message names the commonest reasons, each with an example.
    """
    if rejected_count <= max_share * rows_in:
        return
    why = ", ".join(str(rejection) for rejection in count_rejections(rejected)[:3])
    raise RejectionError(
        f"{source}: {rejected_count:,} of {rows_in:,} rows rejected "
        f"({rejected_count / rows_in:.1%}, allowed {max_share:.1%}): {why}. Nothing was ingested. "
        "See them all with dry_run=true; then correct the file or the mapping, "
        "or raise source.max_rejected_share."
    )
