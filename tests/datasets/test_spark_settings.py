"""What decides where Spark runs and which days are written; no Spark is needed to know."""

from datetime import date

import pytest

from genai_session_analyzer.datasets.partitioned_parquet import SaveArguments
from genai_session_analyzer.datasets.spark_session import SparkSettings, session_options
from genai_session_analyzer.errors import AnalyzerError


def test_two_local_cores_unless_told_otherwise(monkeypatch):
    monkeypatch.delenv("GSA_SPARK_MASTER", raising=False)
    assert session_options(SparkSettings(root="x"))["spark.master"] == "local[2]"


def test_the_environment_names_a_master_and_a_parameter_goes_before_it(monkeypatch):
    monkeypatch.setenv("GSA_SPARK_MASTER", "spark://one:7077")
    assert session_options(SparkSettings(root="x"))["spark.master"] == "spark://one:7077"
    named = SparkSettings(root="x", master="spark://two:7077")
    assert session_options(named)["spark.master"] == "spark://two:7077"


def test_only_one_machine_talks_to_itself():
    cluster = session_options(SparkSettings(root="x", master="spark://one:7077"))
    assert "spark.driver.host" not in cluster
    local = session_options(SparkSettings(root="x", master="local[4]"))
    assert local["spark.driver.host"] == "127.0.0.1"


def test_options_that_results_depend_on_cannot_be_overridden():
    options = {"spark.sql.session.timeZone": "Asia/Tokyo", "spark.sql.shuffle.partitions": "3"}
    chosen = session_options(SparkSettings(root="x", options=options))
    assert chosen["spark.sql.session.timeZone"] == "UTC"
    assert chosen["spark.sql.shuffle.partitions"] == "3"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (None, None),
        ("2024-01-03", (date(2024, 1, 3), date(2024, 1, 3))),
        ("2024-01-03/2024-02-01", (date(2024, 1, 3), date(2024, 2, 1))),
    ],
)
def test_days_are_one_or_from_to(days, expected):
    assert SaveArguments(partition_by="day", days=days).first_and_last_day == expected


def test_a_table_without_partitions_is_always_written_anew():
    assert SaveArguments(days="2024-01-03").first_and_last_day is None


@pytest.mark.parametrize("days", ["yesterday", "2024-13-01", "2024-01-03/"])
def test_days_that_are_none_are_refused(days):
    with pytest.raises(AnalyzerError, match=f"spark.days={days}"):
        _ = SaveArguments(partition_by="day", days=days).first_and_last_day
