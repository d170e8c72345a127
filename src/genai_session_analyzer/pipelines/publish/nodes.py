"""Publishing: nothing that failed a check is served; what is served never changes."""

from datetime import UTC, datetime
from typing import Any

import ibis.expr.types as ir

from genai_session_analyzer.errors import DataQualityError
from genai_session_analyzer.pipelines.publish.features import (
    FEATURE_CHECKS,
    drop_features_of_other_data,
    has_features,
)
from genai_session_analyzer.pipelines.publish.parameters import PublishParameters
from genai_session_analyzer.schema import TABLES
from genai_session_analyzer.schema.features import FEATURE_TABLES
from genai_session_analyzer.warehouse.build_plan import BuildCheck, BuildPlan, BuildUpdate
from genai_session_analyzer.warehouse.builds import new_build_id
from genai_session_analyzer.warehouse.publishing import publish_build
from genai_session_analyzer.warehouse.replaced_rows import EVERYTHING, ReplacedRows

PUBLISHED_TABLES = (
    "dim_users",
    "dim_prompts",
    "fct_generations",
    "fct_sessions",
    "user_friction_summary",
    "daily_metrics",
    "rejected_rows",
    "data_quality",
    *FEATURE_TABLES,
)
_BALANCES = (
    BuildCheck(
        name="sessions hold every generation",
        sql="SELECT (SELECT coalesce(sum(generation_count), 0) FROM fct_sessions)"
        " = (SELECT count(*) FROM fct_generations)",
    ),
    BuildCheck(
        name="users hold every generation",
        sql="SELECT (SELECT coalesce(sum(total_generations), 0) FROM dim_users)"
        " = (SELECT count(*) FROM fct_generations)",
    ),
    BuildCheck(
        name="days hold every session",
        sql="SELECT (SELECT coalesce(sum(session_count), 0) FROM daily_metrics)"
        " = (SELECT count(*) FROM fct_sessions)",
    ),
)


def publish_warehouse(
    publish: PublishParameters,
    quality_failures: list[dict[str, Any]],
    replaced_rows: ReplacedRows = EVERYTHING,
    **tables: ir.Table,
) -> dict[str, Any]:
    """Copies the tables into a new build and serves it.

    Args:
        publish: Where to, and how many builds stay.
        quality_failures: One element per failed check; any stops the publish.
        replaced_rows: Where it names a build that holds the others, only these rows are copied.
        **tables: The tables to publish; the DuckDB warehouse of `rejected_rows` sees all of them.

    Returns:
        The served build: id, SHA-256 of its file and rows per table.

    Raises:
        DataQualityError: A check failed; the message names checks and offending rows.
        PublishError: The build could not be written; the old one is still served.
    """
    if quality_failures:
        raise DataQualityError(_describe(quality_failures))
    connection = tables["rejected_rows"].get_backend().con  # DuckDB's, wherever the rest is made
    is_enriched = has_features(connection)
    if is_enriched:
        drop_features_of_other_data(connection)
    plan = BuildPlan(
        build_id=new_build_id(datetime.now(UTC), publish.root),
        tables={name: TABLES[name].description for name in tables},
        column_comments={
            name: {column.name: column.description for column in TABLES[name].columns}
            for name in tables
        },
        checks=_BALANCES + (FEATURE_CHECKS if is_enriched else ()),
        keep=publish.keep,
        link=publish.link,
    )
    build = publish_build(connection, publish.root, plan, update=_as_update(replaced_rows))
    return {"build": build.id, "sha256": build.sha256, "rows": dict(build.rows)}


def _as_update(replaced: ReplacedRows) -> BuildUpdate | None:
    if replaced.base_build is None:
        return None
    keys, rows = (
        {name: held[name].to_pyarrow() for name in PUBLISHED_TABLES if name in held}
        for held in (replaced.keys, replaced.rows)
    )
    return BuildUpdate(replaced.base_build, keys, rows)


def _describe(failures: list[dict[str, Any]]) -> str:
    """One line that says what to do, then each failed check with some of its rows."""
    lines = [
        f"{len(failures)} data-quality check(s) failed; nothing was published and the old build "
        "is still served. Look at the table data_quality in the warehouse, mend the source or its "
        "mapping, and run again."
    ]
    for failure in failures:
        lines.append(
            f"  {failure['check_name']} ({failure['table_name']}): "
            f"{failure['failing_rows']} row(s); {failure['detail']}"
        )
        lines += [f"    {example}" for example in failure["examples"]]
    return "\n".join(lines)
