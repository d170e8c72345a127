"""Statements in words, against sentences written by hand."""

import pytest

from genai_session_analyzer.copilot.explaining import explain_sql
from genai_session_analyzer.errors import AnalyzerError

CASES = {
    "SELECT count(*) FROM dim_users": (
        "Takes dim_users, one row per user. Shows the number of rows."
    ),
    "FROM fct_generations SELECT user_tier, avg(latency_ms) AS mean GROUP BY ALL ORDER BY mean "
    "DESC LIMIT 5": (
        "Takes fct_generations, one row per request for images. Makes a group for each user_tier. "
        "Shows user_tier and the mean of latency_ms as mean. Sorts by mean descending. "
        "Shows at most 5 rows."
    ),
    "SELECT 1 FROM fct_sessions WHERE user_tier IN ('pro', 'free') AND NOT (friction_score IS NULL "
    "OR duration_s >= 60)": (
        "Takes fct_sessions, one row per session. Keeps rows where user_tier is one of 'pro' or "
        "'free' and it is not so that (friction_score is unknown or duration_s is at least 60). "
        "Shows 1."
    ),
    "SELECT quantile_cont(latency_ms, 0.95) AS slow FROM fct_generations g JOIN dim_users u USING "
    "(user_id) WHERE u.region <> 'asia'": (
        "Takes fct_generations (called g), one row per request for images, joined with dim_users "
        "(called u) of the same user_id. Keeps rows where u.region is not 'asia'. "
        "Shows the 95th percentile of latency_ms as slow."
    ),
    "SELECT status, count(*) / sum(count(*)) OVER () AS share FROM fct_generations GROUP BY 1 "
    "HAVING count(*) > 30 ORDER BY 2 DESC": (
        "Takes fct_generations, one row per request for images. Makes a group for each status. "
        "Keeps groups where the number of rows is above 30. Shows status and the number of rows "
        "divided by the sum of the number of rows over all rows as share. "
        "Sorts by share descending."
    ),
    "SELECT count(*) FILTER (WHERE is_timeout), count(DISTINCT user_id) FROM fct_generations": (
        "Takes fct_generations, one row per request for images. Shows the number of rows (only "
        "where is_timeout) and the number of different user_id."
    ),
    "WITH d AS (SELECT requested_date, count(*) n FROM fct_generations GROUP BY requested_date) "
    "SELECT max(n) FROM d": (
        "First makes d: takes fct_generations, one row per request for images; makes a group for "
        "each requested_date; shows requested_date and the number of rows as n. Takes d. "
        "Shows the largest n."
    ),
    "SELECT user_id FROM dim_users WHERE NOT EXISTS (SELECT 1 FROM fct_sessions)": (
        "Takes dim_users, one row per user. Keeps rows where there is no row of: takes "
        "fct_sessions, one row per session; shows 1. Shows user_id."
    ),
    "SELECT 1 UNION ALL SELECT 2": "Puts together: (shows 1) and (shows 2).",
    "SUMMARIZE fct_sessions": (
        "Shows for each column of fct_sessions its type, range, mean and share unknown."
    ),
    "DESCRIBE dim_users": "Lists the columns of dim_users with their types.",
    "DROP TABLE dim_users": "Is no query: DROP.",
}


@pytest.mark.parametrize(("sql", "words"), CASES.items())
def test_a_statement_in_words(sql: str, words: str) -> None:
    assert explain_sql(sql).text == words


def test_the_columns_that_are_read_are_explained_as_the_schema_does() -> None:
    explained = explain_sql("SELECT latency_ms, latency_ms + 1 AS more, mine FROM fct_generations")
    assert explained.columns == (("latency_ms", "time to the answer in whole milliseconds"),)


@pytest.mark.parametrize("sql", ["", "SELECT (((", "SELECT 1; SELECT 2", "(" * 3000])
def test_what_cannot_be_read_is_said_in_one_line(sql: str) -> None:
    with pytest.raises(AnalyzerError) as problem:
        explain_sql(sql)
    assert "\n" not in str(problem.value)


def test_what_there_are_no_words_for_stays_sql() -> None:
    assert (
        "LEVENSHTEIN" in explain_sql("SELECT levenshtein(prompt_text, 'cat') FROM dim_prompts").text
    )
