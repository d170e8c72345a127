"""How many of a period's active users are there on one of its days."""

import ibis.expr.types as ir

from genai_session_analyzer.copilot.catalogue.terms import MeasureTerm


def stickiness_measure() -> MeasureTerm:
    """Return the mean number of active users per day over the number of active users, 0-1."""
    return MeasureTerm(
        name="stickiness",
        entity="generations",
        unit="rate",
        description="part of the active users who are active on one of the days, on average",
        formula="mean number of active users per day with generations / number of active users",
        synonyms=("dau over mau", "daily over monthly active users"),
        additive=False,
        kind="quantile",
        source="glossary",
        expression=_user_days_over_days_and_users,
        fields=("user_id", "requested_date"),
    )


def _user_days_over_days_and_users(rows: ir.Table) -> ir.Scalar:
    user_days = (rows.user_id + " " + rows.requested_date.cast("string")).nunique()
    every_user_on_every_day = rows.requested_date.nunique() * rows.user_id.nunique()
    return user_days / every_user_on_every_day.nullif(0)
