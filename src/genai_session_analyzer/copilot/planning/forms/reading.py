"""All forms in their order."""

from datetime import date

from genai_session_analyzer.copilot.planning.forms.first_of_each import read_first_of_each
from genai_session_analyzer.copilot.planning.forms.form import Form
from genai_session_analyzer.copilot.planning.forms.growth import read_growth
from genai_session_analyzer.copilot.planning.forms.parts_of_day import read_parts_of_day
from genai_session_analyzer.copilot.planning.forms.ranges import read_ranges
from genai_session_analyzer.copilot.planning.forms.with_change import read_with_change


def read_form(text: str, today: date) -> Form | None:
    """Return the form of a question; None where it has none of them.

    Args:
        text: The question.
        today: The day of the newest timestamp in the data.
    """
    return (
        read_first_of_each(text)
        or read_with_change(text)
        or read_growth(text, today)
        or read_parts_of_day(text)
        or read_ranges(text)
    )
