"""Every shape against a plain calculation over Python rows."""

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise

import ibis
import numpy as np
import pandas as pd
import pytest

from genai_session_analyzer.insights.calibration import (
    FIRST_REQUESTS,
    FOLLOW_UP_H,
    JOB_SHAPES,
    REQUEST_SHAPES,
    compare_shapes,
    measure_shapes,
)
from rows import minutes

SHAPES = {shape.name: shape for shape in (*JOB_SHAPES, *REQUEST_SHAPES)}
STATUSES = ("success", "success", "success", "model_error", "timeout", None)


def random_rows(seed, row_count=600):
    """Generations of a few users over ten days, in bursts, at two places or none."""
    rng = np.random.default_rng(seed)
    users = rng.choice(list("abcdefgh"), row_count, p=[0.3, 0.2, 0.2, 0.1, 0.1, 0.05, 0.03, 0.02])
    bursts = rng.integers(0, 10 * 24 * 60, 40)
    at = rng.choice(bursts, row_count) + rng.integers(0, 20, row_count)
    rows = [
        {
            "generation_id": f"g{number:04d}",
            "user_id": str(user),
            "requested_at": minutes(int(minute)) + timedelta(milliseconds=number),
            "place": ("east", "west", None)[number % 3],
            "prompt_id": f"p{rng.integers(0, 60)}",
            "word_count": int(rng.integers(1, 60)),
            "status": STATUSES[rng.integers(0, len(STATUSES))],
            "latency_ms": int(rng.integers(100, 9000)),
        }
        for number, (user, minute) in enumerate(zip(users, at, strict=True))
    ]
    rows.sort(key=lambda row: (row["user_id"], row["requested_at"], row["generation_id"]))
    session, previous = 0, None
    for row in rows:
        same = previous is not None and previous["user_id"] == row["user_id"]
        if not same or row["requested_at"] - previous["requested_at"] > timedelta(minutes=30):
            session += 1
        row["session_id"] = f"s{session}"
        previous = row
    return rows


def by_key(rows, *keys):
    groups = defaultdict(list)
    for row in rows:
        groups[tuple(row[key] for key in keys)].append(row)
    return list(groups.values())


def pauses(rows):
    """(hours to the user's next session or None, session's end) of every session."""
    for sessions in (by_key(own, "session_id") for own in by_key(rows, "user_id")):
        for session, following in zip(sessions, [*sessions[1:], None], strict=True):
            end = session[-1]["requested_at"]
            gap = following and (following[0]["requested_at"] - end).total_seconds() / 3600
            yield gap, end


def followed(rows):
    data_end = max(row["requested_at"] for row in rows)
    return [gap for gap, end in pauses(rows) if end + timedelta(hours=FOLLOW_UP_H) <= data_end]


def gaps_within(rows):
    return [
        (after["requested_at"] - before["requested_at"]).total_seconds()
        for session in by_key(rows, "session_id")
        for before, after in pairwise(session)
        if after["place"] in (None, before["place"])
    ]


def repeats(rows):
    asked = Counter()
    for row in rows:
        asked[row["user_id"], row["prompt_id"]] += 1
        yield asked[row["user_id"], row["prompt_id"]] > 1


def early_errors(rows):
    for own in by_key(rows, "user_id"):
        first = [row["status"] for row in own if row["status"]][:FIRST_REQUESTS]
        if len(first) == FIRST_REQUESTS:
            yield first.count("model_error")


def relative(values, unit):
    return [value / unit(values) for value in values]


def dated(rows):
    return [row | {"day": row["requested_at"].date()} for row in rows]


def users_on_days(rows):
    days = sorted({row["day"] for row in dated(rows)})
    return [
        len({row["user_id"] for row in day})
        for day in by_key(dated(rows), "day")
        if day[0]["day"] not in (days[0], days[-1])
    ]


PLAIN = {
    "generations per session": lambda rows: [len(group) for group in by_key(rows, "session_id")],
    "gaps within sessions": gaps_within,
    "gaps between sessions, to 72 h": lambda rows: [
        gap for gap in followed(rows) if gap is not None and gap <= FOLLOW_UP_H
    ],
    "sessions followed within 72 h": lambda rows: [
        gap is not None and gap <= FOLLOW_UP_H for gap in followed(rows)
    ],
    "generations per user": lambda rows: [len(group) for group in by_key(rows, "user_id")],
    "words per prompt": lambda rows: [row["word_count"] for row in rows],
    "exact repeats": lambda rows: list(repeats(rows)),
    "latency of successes": lambda rows: relative(
        [row["latency_ms"] for row in rows if row["status"] == "success"], np.median
    ),
    "model errors in a user's first 10": lambda rows: list(early_errors(rows)),
    "users per day": lambda rows: relative(users_on_days(rows), np.mean),
    "generations per user and day": lambda rows: relative(
        [len(group) for group in by_key(dated(rows), "user_id", "day")], np.mean
    ),
}


def test_every_shape_has_a_plain_counterpart():
    assert set(PLAIN) == set(SHAPES)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", PLAIN)
def test_shape_is_what_a_plain_calculation_gives(name, seed):
    rows = random_rows(seed)
    shuffled = ibis.memtable(pd.DataFrame(rows).sample(frac=1, random_state=seed))
    plain = np.sort(np.array(list(PLAIN[name](rows)), dtype=float))
    assert len(plain) > 3
    assert np.sort(SHAPES[name].values(shuffled)) == pytest.approx(plain)


def test_shapes_are_measured_and_compared_by_name():
    generations = ibis.memtable(pd.DataFrame(random_rows(0)))
    measured = measure_shapes(generations, JOB_SHAPES)
    assert list(measured) == [shape.name for shape in JOB_SHAPES]
    assert {found.distance for found in compare_shapes(measured, measured).values()} == {0}
    doubled = {name: values * 2 + 2 for name, values in measured.items()}
    assert all(found.distance > 0 for found in compare_shapes(measured, doubled).values())
