import io
import logging

from rich.console import Console

from genai_session_analyzer.pipelines.progress import progress


def test_where_nobody_watches_a_line_is_logged_now_and_then(caplog):
    caplog.set_level(logging.INFO)
    quiet = Console(file=io.StringIO(), force_terminal=False)
    with progress("log.csv: rows", 4000, quiet, seconds_between_lines=0) as advance:
        advance(1000)
        advance(2000)
    first, second = (record.getMessage() for record in caplog.records)
    assert first.startswith("log.csv: rows: 1,000, ")
    assert second.startswith("log.csv: rows: 3,000, ")
    assert "/s, 75%, " in second
    assert second.endswith(" s to go")


def test_short_work_logs_nothing(caplog):
    caplog.set_level(logging.INFO)
    with progress("rows", None, Console(file=io.StringIO(), force_terminal=False)) as advance:
        advance(1000)
    assert not caplog.records


def test_on_a_terminal_there_is_a_bar_with_the_rate():
    terminal = Console(file=io.StringIO(), force_terminal=True, width=120)
    with progress("[/x] rows", 4000, terminal) as advance:
        advance(4000)
    shown = terminal.file.getvalue()
    assert "[/x] rows" in shown
    assert "4,000" in shown
    assert "100%" in shown
