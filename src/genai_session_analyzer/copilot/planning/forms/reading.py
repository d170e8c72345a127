"""All forms in their order."""

from datetime import date

from genai_session_analyzer.copilot.planning.forms.first_of_each import read_first_of_each
from genai_session_analyzer.copilot.planning.forms.form import Form
from genai_session_analyzer.copilot.planning.forms.growth import read_growth
from genai_session_analyzer.copilot.planning.forms.moved_most import read_moved_most
from genai_session_analyzer.copilot.planning.forms.parts_of_day import read_parts_of_day
from genai_session_analyzer.copilot.planning.forms.ranges import read_ranges
from genai_session_analyzer.copilot.planning.forms.two_bands import read_two_bands
from genai_session_analyzer.copilot.planning.forms.two_periods import read_two_periods
from genai_session_analyzer.copilot.planning.forms.typical_periods import read_typical_periods
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
        or read_moved_most(text)
        or read_growth(text, today)
        or read_typical_periods(text)
        or read_parts_of_day(text)
        or read_ranges(text)
        or read_two_bands(text)
        or read_two_periods(text)
    )
