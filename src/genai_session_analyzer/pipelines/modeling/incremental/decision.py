"""Whether the new rows of the raw store are all that changed since the tables were built."""

import ibis.expr.types as ir

from genai_session_analyzer.pipelines.modeling.incremental.build_state import BuildState


def reason_to_rebuild(
    state: BuildState | None, fingerprint: str, files_before: ir.Table | None, files: ir.Table
) -> str | None:
    """Why the tables cannot be updated, in words; None where they can.

    Args:
        state: What they were built from.
        fingerprint: Of parameters, code and libraries now.
        files_before: The ledger they were built from.
        files: The ledger now.
    """
    if state is None or files_before is None:
        return "nothing was built before, or the last run did not finish"
    if state.fingerprint != fingerprint:
        return "parameters, code or libraries changed"
    if not _is_extended(files_before, files):
        return "the raw store is another one"
    return None


def _is_extended(before: ir.Table, now: ir.Table) -> bool:
    """Whether every file that counted still counts, with the same rows."""
    if set(before.columns) != set(now.columns):
        return False
    return row_count(before.anti_join(now, list(before.columns))) == 0


def other_profiles_changed(before: ir.Table, now: ir.Table, concerned: ir.Table) -> bool:
    """Whether a profile drawn for a user without new rows is not the one it was."""
    if set(before.columns) != set(now.columns):
        return True
    others = before.anti_join(concerned, "user_id")
    columns = [others[name].identical_to(now[name]) for name in before.columns if name != "user_id"]
    return row_count(others.anti_join(now, [others.user_id == now.user_id, *columns])) > 0


def row_count(table: ir.Table) -> int:
    """The number of rows, now."""
    return int(table.count().to_pyarrow().as_py())
