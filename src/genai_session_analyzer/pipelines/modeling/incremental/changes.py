"""What new generations concern. Lazy Ibis expressions; every join by the keys it names."""

import ibis
import ibis.expr.types as ir

SOURCE_PROFILE = ("user_tier", "region", "device_type", "signup_date")
"""What a source may tell of a user."""
PROFILE = ("user_tier", "region", "device_type", "profile_origin")
"""What generations and sessions repeat of their user."""


def touched_sessions(new: ir.Table, fct_sessions: ir.Table, gap_minutes: int) -> ir.Table:
    """One row per session that a new generation may lengthen, join with another, or split.

    These are the sessions of its user that begin or end within the gap of it: others stay apart
    from it whatever lies between.

    Args:
        new: New generations: `user_id`, `requested_at`.
        fct_sessions: The sessions before.
        gap_minutes: Longest pause within a session.
    """
    gap = ibis.interval(minutes=gap_minutes)
    reach = new.select(
        "user_id", reach_from=new.requested_at - gap, reach_to=new.requested_at + gap
    )
    return fct_sessions.semi_join(
        reach,
        [
            fct_sessions.user_id == reach.user_id,
            fct_sessions.ended_at >= reach.reach_from,
            fct_sessions.started_at <= reach.reach_to,
        ],
    )


def generations_telling_profiles(
    stg_generations: ir.Table, profiles_before: ir.Table, raw_rows_before: int
) -> ir.Table:
    """The new generations, and all earlier ones of users of whose profile the source tells a part.

    For other users the earlier ones have nothing to add: what they say of the profile is null.

    Args:
        stg_generations: All generations.
        profiles_before: Users with new generations, as they were: `user_id`, `profile_origin`.
        raw_rows_before: New generations have a higher `raw_id`.
    """
    new = stg_generations.filter(stg_generations.raw_id > raw_rows_before)
    tells = ibis.or_(*(new[name].notnull() for name in SOURCE_PROFILE))
    is_told = profiles_before.profile_origin == "observed"
    told = new.filter(tells).select("user_id")
    told = told.union(profiles_before.filter(is_told).select("user_id"), distinct=True)
    earlier = stg_generations.filter(stg_generations.raw_id <= raw_rows_before)
    return new.union(earlier.semi_join(told, "user_id"))


def users_with_other_profile(before: ir.Table, after: ir.Table) -> ir.Table:
    """The users (one row each, `user_id`) whose profile is not what it was; new users are not.

    Args:
        before: Users with the columns of `PROFILE`, as they were.
        after: The same users, as they are. Joined one-to-one by `user_id`.
    """
    both = before.inner_join(after, "user_id", rname="{name}_after")
    differs = ibis.or_(*(both[name] != both[f"{name}_after"] for name in PROFILE))
    return both.filter(differs).select("user_id")


def generations_of(stg_generations: ir.Table, sessions: ir.Table, raw_rows_before: int) -> ir.Table:
    """The new generations, and the earlier ones that lie in these sessions.

    A user's sessions do not overlap, so an earlier generation lies in one session at most.
    """
    new = stg_generations.filter(stg_generations.raw_id > raw_rows_before)
    earlier = stg_generations.filter(stg_generations.raw_id <= raw_rows_before)
    inside = earlier.semi_join(
        sessions,
        [
            earlier.user_id == sessions.user_id,
            earlier.requested_at >= sessions.started_at,
            earlier.requested_at <= sessions.ended_at,
        ],
    )
    return new.union(inside)


def sessions_to_look_at_again(untouched: ir.Table, rebuilt: ir.Table, churn_days: int) -> ir.Table:
    """The untouched sessions after which a user may now have come back or churned.

    The data's new end decides for those of which nothing was known; a user's rebuilt session for
    those of this user that ended within the churn days before it. Those after it come with them:
    they tell that the user came back after the rebuilt one.

    Args:
        untouched: Sessions that new generations did not touch.
        rebuilt: The rebuilt ones: `user_id`, `started_at`.
        churn_days: Days without activity after which a user has churned.

    Returns:
        One row per session: `session_id`, `started_at`, `ended_at`.
    """
    first = rebuilt.group_by("user_id").aggregate(rebuilt_from=rebuilt.started_at.min())
    known = untouched.left_join(first, "user_id")
    is_reached = known.ended_at >= known.rebuilt_from - ibis.interval(days=churn_days)
    again = known.filter(known.churned_after.isnull() | is_reached.fill_null(False))
    return again.select("session_id", "started_at", "ended_at")


def generations_in(fct_generations: ir.Table, sessions: ir.Table) -> ir.Table:
    """The generations of these sessions (`session_id`, `started_at`, `ended_at`).

    The time from the first to the last of them is looked up at once: an engine that knows the
    times in a block of rows then leaves most blocks unread.
    """
    span = sessions.aggregate(first=sessions.started_at.min(), last=sessions.ended_at.max())
    (ends,) = span.to_pyarrow().to_pylist()
    first, last = (ibis.literal(ends[name], "timestamp(6)") for name in ("first", "last"))
    within = fct_generations.filter(fct_generations.requested_at.between(first, last))
    return within.semi_join(sessions, "session_id")


def days_to_count_again(
    touched: ir.Table, rebuilt: ir.Table, fct_sessions: ir.Table, daily_metrics: ir.Table
) -> ir.Table:
    """The days (`session_date`) whose row changes, comes or goes.

    Args:
        touched: Sessions that were removed.
        rebuilt: Sessions that came in their place.
        fct_sessions: All sessions as they are now.
        daily_metrics: The days as they were.
    """
    ends = _first_and_last_day(fct_sessions)
    numbers = ibis.range(ends.last_day.delta(ends.first_day, unit="day") + 1)
    counted = ends.select("first_day", day_number=numbers.unnest().cast("int32"))
    moment = counted.first_day.cast("timestamp") + counted.day_number.as_interval("D")
    range_days = counted.select(session_date=moment.date())
    before = daily_metrics.select("session_date")
    return (
        touched.select("session_date")
        .union(rebuilt.select("session_date"))
        .union(range_days.anti_join(before, "session_date"))
        .union(before.anti_join(range_days, "session_date"))
        .distinct()
    )


def sessions_of_days(fct_sessions: ir.Table, days: ir.Table) -> ir.Table:
    """The sessions of these days, and of the first and last of all, which tell the range."""
    ends = _first_and_last_day(fct_sessions)
    wanted = (
        days.select("session_date")
        .union(ends.select(session_date=ends.first_day))
        .union(ends.select(session_date=ends.last_day))
    )
    return fct_sessions.semi_join(wanted, "session_date")


def _first_and_last_day(fct_sessions: ir.Table) -> ir.Table:
    """One row; none where there are no sessions."""
    ends = fct_sessions.aggregate(
        first_day=fct_sessions.session_date.min(), last_day=fct_sessions.session_date.max()
    )
    return ends.filter(ends.first_day.notnull())
