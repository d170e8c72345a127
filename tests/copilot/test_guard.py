"""What the guard refuses, and what it lets pass."""

import random
import re
import threading

import duckdb
import pytest
from sql_tables import BOMBS, attack_rows, attacks, benign, fill, write_build

from genai_session_analyzer.copilot.guard import Allowed, allowed_in, check_sql
from genai_session_analyzer.errors import SqlRefusedError

CLASSES = attacks()
STATEMENTS = [*benign(), *(statement for _, statement in attack_rows())]
ALLOWED = Allowed(
    {
        "dim_users": ("user_id", "user_tier", "region"),
        "fct_generations": ("generation_id", "user_id", "status", "latency_ms"),
    }
)


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    return write_build(tmp_path_factory.mktemp("build"))


@pytest.fixture(scope="module")
def allowed(build):
    with duckdb.connect(build, read_only=True) as connection:
        return allowed_in(connection)


def refusal(sql, allowed=ALLOWED):
    with pytest.raises(SqlRefusedError) as caught:
        check_sql(sql, allowed)
    return caught.value


def test_the_tables_are_large_enough():
    assert len(attack_rows()) >= 200
    assert len(benign()) >= 100
    assert len(set(benign())) == len(benign())


@pytest.mark.parametrize(
    ("kind", "statement"),
    attack_rows(),
    ids=[f"{kind}-{n}" for n, (kind, _) in enumerate(attack_rows())],
)
def test_every_attack_is_refused_by_a_rule_of_its_class(kind, statement, allowed, build):
    outside = build.parent / "outside.csv"
    caught = refusal(fill(statement, build, outside), allowed)
    assert caught.rule in CLASSES[kind]["rules"]
    assert caught.remedy
    assert "\n" not in str(caught)


@pytest.mark.parametrize("statement", benign(), ids=range(len(benign())))
def test_no_honest_statement_is_refused(statement, allowed):
    assert check_sql(statement, allowed).sql


def test_resource_bombs_are_left_to_the_worker(allowed):
    assert all(check_sql(statement, allowed).sql for _, statement in attack_rows(bombs=True))
    assert CLASSES[BOMBS]["rules"] == []


def test_a_checked_statement_says_what_it_reads():
    checked = check_sql(
        " WITH Slow AS (SELECT user_id FROM fct_generations WHERE latency_ms > 1)"
        " SELECT count(*) FROM slow JOIN Dim_Users USING (user_id); ",
        ALLOWED,
    )
    assert checked.tables == ("dim_users", "fct_generations")
    assert checked.functions == ("count_star",)
    assert checked.sql.startswith("WITH Slow")
    assert checked.sql.endswith("(user_id)")


@pytest.mark.parametrize(
    ("sql", "rule", "hint"),
    [
        ("SELECT * FROM dim_user", "table", "Did you mean dim_users?"),
        ("SELECT user_teir FROM dim_users", "column", "Did you mean user_tier?"),
        ("SELECT medain(latency_ms) FROM fct_generations", "function", "Did you mean median?"),
        ("FROM generate_serie(3)", "table_function", "Did you mean generate_series?"),
        ("FROM main.nowhere", "table", "There are: dim_users, fct_generations."),
        ("FROM warehouse.dim_users", "table", "Write the table alone: dim_users."),
        ("SELECT json_structure('[]')", "function", "Use json_extract"),
        ("PIVOT dim_users ON region USING count(*)", "dynamic_pivot", "IN ('a', 'b')"),
        ("SELECT 1; SELECT 2", "several_statements", "one SELECT at a time"),
        ("SELECT user_id FROM dim_users WHERE", "syntax", "Correct it there"),
        ("SHOW DATABASES", "show", "SHOW TABLES"),
        ("SELECT ?", "parameter", "Write the value itself."),
        ("   ", "empty", "Write one SELECT."),
    ],
)
def test_a_refusal_says_what_to_do_instead(sql, rule, hint):
    caught = refusal(sql)
    assert caught.rule == rule
    assert hint in caught.remedy
    assert str(caught).endswith(f"(rule: {rule})")


def test_the_longest_statement_is_20000_characters():
    assert check_sql("SELECT 1".ljust(20_000), ALLOWED)
    assert refusal("SELECT 1".ljust(20_001)).rule == "too_long"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT " + "[" * 2_000 + "1" + "]" * 2_000,
        "SELECT 1" + " + 1" * 4_900,
        "SELECT " + "(SELECT " * 900 + "1" + ")" * 900,
        "SELECT " + "CASE WHEN true THEN " * 700 + "1" + " END" * 700,
        "WITH a AS (" * 900 + "SELECT 1" + ") SELECT 1" * 900,
        "FROM " + "(DESCRIBE " * 900 + "SELECT 1" + ")" * 900,
        "SELECT 1::" + "STRUCT(a " * 900 + "INT" + ")" * 900,
    ],
)
def test_deep_nesting_is_refused_and_crashes_nothing(sql):
    assert refusal(sql).rule == "too_deep"


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ("WITH t AS (FROM t) FROM t", "t"),
        ("WITH a AS (FROM b), b AS (SELECT 1) FROM a", "b"),
        ("SELECT (WITH t AS (SELECT 1) FROM t) FROM t", "t"),
        ("WITH RECURSIVE t AS (FROM t UNION ALL SELECT 1) FROM t", "t"),
        ("WITH t AS (SELECT 1) FROM main.t", "t"),
        ("FROM (WITH t AS (SELECT 1) FROM t), t", "t"),
    ],
)
def test_a_name_counts_as_a_cte_only_where_the_engine_sees_one(sql, table):
    caught = refusal(sql)
    assert caught.rule == "table"
    assert caught.problem == f"There is no table {table}."


@pytest.mark.parametrize(
    "sql",
    [
        "WITH t AS (SELECT 1), u AS (FROM t) FROM u, t",
        "WITH t AS (SELECT 1) SELECT (WITH u AS (FROM t) SELECT count(*) FROM u)",
        "WITH T AS (SELECT 1) FROM t",
        "WITH RECURSIVE t (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t WHERE i < 3) FROM t",
        "WITH t AS (SELECT 1) SELECT 1 UNION ALL FROM t",
    ],
)
def test_ctes_in_scope_are_no_tables(sql):
    assert check_sql(sql, ALLOWED).tables == ()


def test_only_documented_tables_are_allowed(allowed):
    assert "dim_users" in allowed.tables
    assert "build_tables" in allowed.tables
    assert allowed.tables["dim_users"][0] == "user_id"
    assert "private_notes" not in allowed.tables
    assert "people" not in allowed.tables


def spliced(rng):
    """Two statements of the tables, cut into words and put together at random."""
    one, other = (re.findall(r"\w+|'[^']*'|\s+|.", rng.choice(STATEMENTS), re.S) for _ in range(2))
    for _ in range(rng.randint(1, 3)):
        place, start = rng.randrange(len(one) + 1), rng.randrange(len(other))
        one[place : place + rng.randint(0, 3)] = other[start : start + rng.randint(1, 8)]
    return "".join(one)


def test_statements_put_together_at_random_pass_or_are_refused_and_nothing_else(allowed):
    rng = random.Random(7)  # noqa: S311
    outcomes = {"passed": 0, "refused": 0}
    for _ in range(3_000):
        try:
            check_sql(spliced(rng), allowed)
            outcomes["passed"] += 1
        except SqlRefusedError:
            outcomes["refused"] += 1
    assert min(outcomes.values()) > 20


def test_many_threads_may_check_at_once():
    seen = []

    def check(number):
        sql = f"SELECT user_id AS c{number} FROM dim_users"  # noqa: S608
        seen.extend(check_sql(sql, ALLOWED).sql == sql for _ in range(50))

    threads = [threading.Thread(target=check, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 400
    assert all(seen)
