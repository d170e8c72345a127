"""What a check is, and how all of them run in one lazy pass per table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from genai_session_analyzer.warehouse.replaced_rows import EVERYTHING, ReplacedRows

Tables = Mapping[str, ir.Table]


@dataclass(frozen=True)
class RowCheck:
    """Rows of one table for which `is_bad` holds break it; null counts as fine."""

    name: str
    table: str
    detail: str
    is_bad: Callable[[ir.Table], ir.BooleanValue]

    def offending_rows(self, tables: Tables) -> ir.Table:
        """The rows that break the check."""
        table = tables[self.table]
        return table.filter(self.is_bad(table))


@dataclass(frozen=True)
class SetCheck:
    """Whatever `offending` returns breaks it: keys that repeat, keys that point nowhere, sums."""

    name: str
    table: str
    detail: str
    offending: Callable[[Tables], ir.Table]
    is_of_whole: bool = False
    """Whether it compares totals, so that looking at the replaced rows alone says nothing."""

    def offending_rows(self, tables: Tables) -> ir.Table:
        """The rows that break the check."""
        return self.offending(tables)


Check = RowCheck | SetCheck


def run_checks(
    checks: Iterable[Check], tables: Tables, replaced: ReplacedRows = EVERYTHING
) -> ir.Table:
    """One row per check (key `check_name`): whether it passed, how many rows break it.

    Row checks of one table share one scan of it.

    Args:
        checks: What is checked.
        tables: The checked tables by name.
        replaced: Rows that were not replaced have passed before, and are not looked at again.
    """
    checks = tuple(checks)
    unchecked = {**tables, **replaced.rows}
    row_checks = [check for check in checks if isinstance(check, RowCheck)]
    by_table = {
        name: [check for check in row_checks if check.table == name]
        for name in dict.fromkeys(check.table for check in row_checks)
    }
    results = [_count_rows(unchecked[name], of_table) for name, of_table in by_table.items()]
    for check in checks:
        if isinstance(check, SetCheck):
            of_table = {} if check.is_of_whole else {check.table: unchecked[check.table]}
            results.append(_count_set(check, {**tables, **of_table}))
    counted = ibis.union(*results) if len(results) > 1 else results[0]
    return counted.select(
        "check_name",
        "table_name",
        passed=counted.failing_rows == 0,
        failing_rows=counted.failing_rows,
        detail=counted.detail,
    )


def _count_rows(table: ir.Table, checks: list[RowCheck]) -> ir.Table:
    counts = table.aggregate(
        **{
            check.name: check.is_bad(table).cast("int64").sum().fill_null(0).cast("int64")
            for check in checks
        }
    )
    long = counts.pivot_longer(
        [check.name for check in checks], names_to="check_name", values_to="failing_rows"
    )
    details = {check.name: check.detail for check in checks}
    return long.select(
        "check_name",
        table_name=ibis.literal(checks[0].table),
        failing_rows=long.failing_rows,
        detail=long.check_name.cases(*details.items(), else_=""),
    )


def _count_set(check: SetCheck, tables: Tables) -> ir.Table:
    counts = check.offending(tables).aggregate(failing_rows=lambda t: t.count())
    return counts.select(
        check_name=ibis.literal(check.name),
        table_name=ibis.literal(check.table),
        failing_rows=counts.failing_rows,
        detail=ibis.literal(check.detail),
    )
