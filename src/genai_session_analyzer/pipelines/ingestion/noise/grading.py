"""Grades ingestion by the truth: everything planted is caught or repaired, nothing else touched."""

import ibis
import ibis.expr.types as ir

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.ingestion.noise.meant_log import MEANT_SCHEMA

DATASET = "noisy_log"
ACCEPTED, DROPPED = "accepted", "dropped"
"""Outcomes beside the reasons of rejected records."""


def grade_quarantine(
    truth: ir.Table, raw_generations: ir.Table, rejected_rows: ir.Table
) -> ir.Table:
    """One row per kind of record (key `kind`), untouched ones (`clean`) included.

    A record is handled when it met exactly the fate the truth names: rejected for the one reason,
    dropped, or accepted with every value as it was meant. The truth and the two tables are joined
    one-to-one at most, by the file's name and the record's number.

    Args:
        truth: `noise_truth`, of one log.
        raw_generations: What was accepted; other sources' rows are left alone.
        rejected_rows: What was rejected.

    Returns:
        `kind`, `fate`, `reason`, `planted_count` (records of the kind), `handled_count`,
        `recall` (handled of planted, 0-1), `given_count` (records that ingestion gave the outcome
        this kind is to have: accepted, dropped, or rejected for its reason), `precision` (those
        of them that were to have it, accepted ones also with the values meant, 0-1).

    Raises:
        SourceError: Nothing was ingested from the log the truth is of.
    """
    names = truth.select("source").distinct()
    accepted = raw_generations.semi_join(names, "source")
    rejected = rejected_rows.semi_join(names, "source")
    if not any(table.count().to_pyarrow().as_py() for table in (accepted, rejected)):
        raise SourceError(
            "noise_truth is of a log that these tables do not hold. Run with noise.is_on=true, "
            "then grade before another source is ingested."
        )
    told = _with_outcomes(truth, accepted, rejected)
    graded = told.group_by("kind", "fate", "reason", "outcome").aggregate(
        planted_count=told.count(), handled_count=_count(told.is_handled)
    )
    right = graded.group_by("outcome").aggregate(right_count=graded.handled_count.sum())
    counted = graded.left_join(_given(told, accepted, rejected), "outcome").drop("outcome_right")
    both = counted.left_join(right, "outcome").drop("outcome_right")
    return both.select(
        "kind",
        "fate",
        "reason",
        "planted_count",
        "handled_count",
        recall=both.handled_count / both.planted_count,
        given_count=both.given_count.fill_null(0),
        precision=both.right_count / both.given_count.nullif(0),
    ).order_by("kind")


def _with_outcomes(truth: ir.Table, accepted: ir.Table, rejected: ir.Table) -> ir.Table:
    """One row per record: the outcome it is to have, whether it had it, whether it vanished."""
    kept = accepted.select(
        "source",
        row_number=accepted.source_row,
        is_accepted=True,
        **{f"got_{name}": accepted[name] for name in MEANT_SCHEMA.names},
    )
    refused = rejected.select("source", "row_number", "reasons")
    keys = ["source", "row_number"]
    joined = truth.left_join(kept, keys).drop("source_right", "row_number_right")
    joined = joined.left_join(refused, keys).drop("source_right", "row_number_right")
    was_accepted = joined.is_accepted.notnull()
    was_rejected = joined.reasons.notnull()
    is_only_reason = (joined.reasons.length() == 1) & (joined.reasons[0] == joined.reason)
    is_handled = ibis.cases(
        (joined.fate == "reject", ~was_accepted & is_only_reason.fill_null(False)),
        (joined.fate == "drop", ~was_accepted & ~was_rejected),
        else_=was_accepted & ~was_rejected & _is_as_meant(joined),
    )
    outcome = ibis.cases(
        (joined.fate == "reject", joined.reason), (joined.fate == "drop", DROPPED), else_=ACCEPTED
    )
    return joined.mutate(
        outcome=outcome, is_handled=is_handled, has_vanished=~was_accepted & ~was_rejected
    )


def _is_as_meant(joined: ir.Table) -> ir.BooleanValue:
    meant = {name: joined[name] for name in MEANT_SCHEMA.names}
    meant["generation_id"] = f"{DATASET}:" + joined.generation_id
    return ibis.and_(*(joined[f"got_{name}"].identical_to(value) for name, value in meant.items()))


def _given(told: ir.Table, accepted: ir.Table, rejected: ir.Table) -> ir.Table:
    """One row per outcome: how many records ingestion gave it, whatever the truth says."""
    reasons = rejected.select(outcome=rejected.reasons.unnest())
    return ibis.union(
        accepted.aggregate(outcome=ibis.literal(ACCEPTED), given_count=accepted.count()),
        told.aggregate(outcome=ibis.literal(DROPPED), given_count=_count(told.has_vanished)),
        reasons.group_by("outcome").aggregate(given_count=reasons.count()),
    )


def _count(condition: ir.BooleanColumn) -> ir.IntegerScalar:
    return condition.cast("int64").sum().fill_null(0)
