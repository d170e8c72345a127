"""The data-quality table: every check over the modelled and measured tables."""

from collections.abc import Mapping
from typing import Any

import ibis.expr.types as ir

from genai_session_analyzer.pipelines.metrics.agreement_checks import (
    agreement_checks,
    plausibility_checks,
)
from genai_session_analyzer.pipelines.metrics.checks import Check, run_checks
from genai_session_analyzer.pipelines.metrics.generation_checks import GENERATION_CHECKS
from genai_session_analyzer.pipelines.metrics.schema_checks import schema_checks
from genai_session_analyzer.pipelines.metrics.session_checks import (
    SESSION_CHECKS,
    USER_CHECKS,
    friction_check,
)
from genai_session_analyzer.semantic.friction import FrictionParameters
from genai_session_analyzer.warehouse.replaced_rows import EVERYTHING, ReplacedRows


def all_checks(friction: FrictionParameters) -> list[Check]:
    """Every check, in the order of the table."""
    return [
        *schema_checks(),
        *GENERATION_CHECKS,
        *SESSION_CHECKS,
        friction_check(friction),
        *USER_CHECKS,
        *agreement_checks(),
        *plausibility_checks(),
    ]


def build_data_quality(
    friction: FrictionParameters, replaced_rows: ReplacedRows = EVERYTHING, **tables: ir.Table
) -> ir.Table:
    """One row per check (key `check_name`).

    Args:
        friction: The weights the scores were computed with.
        replaced_rows: The rows to look at; the others have passed every check before.
        **tables: The checked tables by name.
    """
    return run_checks(all_checks(friction), tables, replaced_rows)


EXAMPLE_ROWS = 5
"""Offending rows shown per failed check."""


def find_quality_failures(
    friction: FrictionParameters, data_quality: ir.Table, **tables: ir.Table
) -> list[dict[str, Any]]:
    """One element per failed check: the check, how many rows break it, and a few of them as text.

    Args:
        friction: The friction weights the scores were computed with.
        data_quality: One row per check.
        **tables: The checked tables by name.
    """
    failed = data_quality.filter(~data_quality.passed).to_pyarrow().to_pylist()
    checks = {check.name: check for check in all_checks(friction)}
    return [
        {
            "check_name": row["check_name"],
            "table_name": row["table_name"],
            "failing_rows": row["failing_rows"],
            "detail": row["detail"],
            "examples": _examples(checks[row["check_name"]], tables),
        }
        for row in failed
    ]


def _examples(check: Check, tables: Mapping[str, ir.Table]) -> list[str]:
    rows = check.offending_rows(tables).limit(EXAMPLE_ROWS).to_pyarrow().to_pylist()
    return [
        ", ".join(f"{name}={value}" for name, value in row.items() if value is not None)
        for row in rows
    ]
