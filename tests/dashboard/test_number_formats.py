"""Numbers as people read them, and CSV that a spreadsheet does not run."""

import csv
import io
from datetime import date

import plotly.graph_objects as go
import pyarrow as pa
import pytest

from genai_session_analyzer.dashboard.components import csv_text
from genai_session_analyzer.dashboard.figures.daily import daily_activity
from genai_session_analyzer.dashboard.figures.spark import spark_uri
from genai_session_analyzer.dashboard.formats import (
    NOTHING,
    compact,
    credits,  # noqa: A004
    duration_ms,
    group_size,
    percent,
)
from genai_session_analyzer.dashboard.theme import GRAPH_CONFIG


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (compact(9800), "9.8 k"),
        (compact(999_999), "1.0 M"),
        (compact(412), "412"),
        (compact(0.25), "0.2"),
        (compact(-1500), "-1.5 k"),
        (compact(None), NOTHING),
        (percent(0.241), "24.1 %"),
        (percent(None), NOTHING),
        (duration_ms(350), "350 ms"),
        (duration_ms(999.9), "1.0 s"),
        (duration_ms(1234), "1.2 s"),
        (duration_ms(90_000), "1.5 min"),
        (duration_ms(7_200_000), "2.0 h"),
        (credits(12345), "12.3 k cr"),
        (group_size(29), "n = 29 *"),
        (group_size(30), "n = 30"),
    ],
)
def test_numbers_for_people(written: str, expected: str) -> None:
    assert written.replace("\u202f", " ") == expected


def test_a_cell_that_would_run_gets_an_apostrophe_and_numbers_stay_numbers() -> None:
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", 'say "hi", then\nleave', None]
    rows = pa.table({"=name": hostile, "number": [-1.5] * len(hostile)})
    head, *lines = list(csv.reader(io.StringIO(csv_text(rows), newline="")))
    assert head == ["'=name", "number"]
    assert [line[0] for line in lines[:6]] == [f"'{text}" for text in hostile[:6]]
    assert lines[6][0] == hostile[6]
    assert lines[7][0] == ""
    assert {line[1] for line in lines} == {"-1.5"}


def test_a_sparkline_breaks_where_nothing_is_known() -> None:
    assert spark_uri([1, 2, None, 3, 4], "#000").count("polyline") == 2
    assert "polyline" not in spark_uri([1, None], "#000")
    assert spark_uri([5, 5, 5], "#000").startswith("data:image/svg+xml,")


def test_the_daily_figure_stacks_what_occurs() -> None:
    days = [date(2024, 1, 1), date(2024, 1, 2)]
    figure = go.Figure(daily_activity(days, {"success": [3, 4], "timeout": [0, 0], None: [1, 0]}))
    assert [trace.name for trace in figure.data] == ["success", "unknown"]
    assert list(figure.data[0].y) == [3, 4]
    assert figure.layout.barmode == "stack"


def test_charts_offer_a_png_and_no_way_out_of_this_machine() -> None:
    assert GRAPH_CONFIG["showSendToCloud"] is False
    assert GRAPH_CONFIG["plotlyServerURL"] == ""
    assert GRAPH_CONFIG["toImageButtonOptions"]["format"] == "png"
