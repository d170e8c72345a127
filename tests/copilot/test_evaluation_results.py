"""When two results are the same."""

from datetime import UTC, date, datetime
from decimal import Decimal

import duckdb
import pytest

from genai_session_analyzer.copilot.evaluation.questions import GoldQuestion
from genai_session_analyzer.copilot.evaluation.references import GoldSqlError, expected_results
from genai_session_analyzer.copilot.evaluation.results import Expected, Result, matches

TIERS = [("free", 0.25), ("pro", 0.5), ("enterprise", 0.125)]


def same(expected, found, *, ordered=False):
    """Whether rows (in lists) are the same by the scorer."""
    width = len(expected[0]) if expected else 1
    found_width = len(found[0]) if found else width
    right = Expected(Result.of(expected, width), is_ordered=ordered)
    return matches(right, Result.of(found, found_width))


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ([(10,)], [(10.0,)]),
        ([(10,)], [(Decimal("10.00"),)]),
        ([(0.5,)], [(0.50004,)]),
        ([(date(2024, 3, 4),)], [(datetime(2024, 3, 4),)]),
        ([(datetime(2024, 3, 4, tzinfo=UTC),)], [(datetime(2024, 3, 4),)]),
        ([(None,)], [(float("nan"),)]),
        ([(True,)], [(True,)]),
        ([(["a", 1],)], [(["a", 1.0],)]),
        ([], []),
        (TIERS, list(reversed(TIERS))),
        (TIERS, [(rate, tier) for tier, rate in TIERS]),
        ([(1, 2), (1, 2), (3, 4)], [(3, 4), (1, 2), (1, 2)]),
    ],
)
def test_the_same_results(expected, found):
    assert same(expected, found)


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ([(0.5,)], [(50.0,)]),
        ([(0.5,)], [(0.5002,)]),
        ([(0,)], [(0.004,)]),
        ([("Free",)], [("free",)]),
        ([(1,)], [(True,)]),
        ([(0,)], [(None,)]),
        ([("1",)], [(1,)]),
        ([(date(2024, 3, 4),)], [(datetime(2024, 3, 4, 1),)]),
        ([(1,)], [(1,), (1,)]),
        ([(1,)], []),
        ([(1,)], [(1, 2)]),
        (TIERS, [("free", 0.5), ("pro", 0.25), ("enterprise", 0.125)]),
        ([(1, 2), (1, 2), (3, 4)], [(3, 4), (3, 4), (1, 2)]),
        ([(1, 4), (2, 3)], [(1, 3), (2, 4)]),
    ],
)
def test_different_results(expected, found):
    assert not same(expected, found)


def test_order_counts_only_where_it_was_asked_for():
    falling = [("pro", 0.5), ("free", 0.25)]
    assert same(falling, falling, ordered=True)
    assert same(falling, list(reversed(falling)))
    assert not same(falling, list(reversed(falling)), ordered=True)


@pytest.fixture
def connection():
    with duckdb.connect() as made:
        made.execute("CREATE TABLE t (k VARCHAR, n INTEGER)")
        made.execute("INSERT INTO t VALUES ('a', 3), ('b', 2), ('c', 2), ('d', 2), ('e', 1)")
        yield made


def right(connection, sql, found, *, ordered=True):
    """Whether rows count as the answer to a question with this gold SQL."""
    question = GoldQuestion(id="q", question="?", gold_sql=sql, ordered=ordered)
    result = Result.of(found, len(found[0]))
    return any(matches(each, result) for each in expected_results(connection, question))


def test_ties_may_swap_but_nothing_else(connection):
    sql = "SELECT k, n FROM t ORDER BY n DESC"
    assert right(connection, sql, [("a", 3), ("d", 2), ("b", 2), ("c", 2), ("e", 1)])
    assert not right(connection, sql, [("b", 2), ("a", 3), ("c", 2), ("d", 2), ("e", 1)])
    assert not right(connection, sql, [("a", 3), ("b", 2), ("c", 2), ("e", 1), ("d", 2)])


@pytest.mark.parametrize("ordered", [True, False])
def test_any_of_those_tied_at_a_limit_may_be_in(connection, ordered):
    sql = "SELECT k, n FROM t ORDER BY n DESC LIMIT 3"
    assert right(connection, sql, [("a", 3), ("c", 2), ("d", 2)], ordered=ordered)
    assert not right(connection, sql, [("a", 3), ("c", 2), ("c", 2)], ordered=ordered)
    assert not right(connection, sql, [("b", 2), ("c", 2), ("d", 2)], ordered=ordered)
    assert not right(connection, sql, [("a", 3), ("b", 2), ("e", 1)], ordered=ordered)


def test_ties_are_seen_in_what_is_sorted_by_and_not_shown(connection):
    sql = "SELECT k FROM t GROUP BY k ORDER BY sum(n) DESC LIMIT 2"
    assert right(connection, sql, [("a",), ("d",)])
    assert not right(connection, sql, [("d",), ("a",)])
    assert not right(connection, sql, [("a",), ("e",)])


def test_sorting_by_position_names_the_column(connection):
    sql = "SELECT k, n AS number FROM t ORDER BY 2 DESC, 1 LIMIT 2"
    assert right(connection, sql, [("a", 3), ("b", 2)])
    assert not right(connection, sql, [("a", 3), ("c", 2)])


@pytest.mark.parametrize(
    "sql",
    [
        "FROM t SELECT k, n ORDER BY ALL LIMIT 2",
        "SELECT k, n FROM t WHERE n > 2 UNION ALL SELECT 'b', 2 ORDER BY n DESC",
        "SELECT DISTINCT k, n FROM t ORDER BY k LIMIT 2",
        "SELECT k, n FROM (SELECT 'z' AS k, 9 AS n UNION ALL FROM t ORDER BY k LIMIT 2 OFFSET 0)",
    ],
)
def test_sql_whose_sort_keys_cannot_be_shown_is_compared_row_by_row(connection, sql):
    assert right(connection, sql, [("a", 3), ("b", 2)])
    assert not right(connection, sql, [("a", 3), ("c", 2)])


def test_gold_sql_that_does_not_run_names_its_question(connection):
    question = GoldQuestion(id="ratio-9", question="?", gold_sql="SELECT nothing FROM t")
    with pytest.raises(GoldSqlError, match=r"ratio-9 does not run: Binder Error: .* Mend it"):
        expected_results(connection, question)
