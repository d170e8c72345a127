"""All forms about people over time, in their order."""

import re

from genai_session_analyzer.copilot.facts import DataFacts
from genai_session_analyzer.copilot.planning.forms.form import Form
from genai_session_analyzer.copilot.planning.forms.people.active_days import read_active_days
from genai_session_analyzer.copilot.planning.forms.people.before_and_after import (
    read_before_and_after,
)
from genai_session_analyzer.copilot.planning.forms.people.defined_kinds import read_defined_kinds
from genai_session_analyzer.copilot.planning.forms.people.every_period import read_every_period
from genai_session_analyzer.copilot.planning.forms.people.every_value import read_every_value
from genai_session_analyzer.copilot.planning.forms.people.newcomers import read_newcomers
from genai_session_analyzer.copilot.planning.forms.people.people_words import plain_words
from genai_session_analyzer.copilot.planning.forms.people.per_active_user import (
    read_per_active_user,
)
from genai_session_analyzer.copilot.planning.forms.people.stickiness import read_stickiness
from genai_session_analyzer.copilot.planning.forms.people.two_times import read_two_times

_COUNTS_ROWS = re.compile(
    r"\b(?:how many|number of|count of) (?:(?!users|people|customers|members|accounts|clients"
    r"|folks|who|of)[\w-]+ ){0,2}?(?:requests|generations|images"
    r"|pictures|jobs|calls|runs|sessions|visits|prompts|credits|failures|errors|timeouts|downloads"
    r"|retries|days|weeks|months|hours|models|clusters|styles|domains)\b"
)


def read_people(text: str, facts: DataFacts) -> Form | None:
    """Return the form of a question about people over time; None where it has none.

    Args:
        text: The question.
        facts: Has the first and the newest timestamp in the data.
    """
    plain = plain_words(text)
    both = read_before_and_after(plain)
    if both:
        return both
    if _COUNTS_ROWS.search(plain):
        return read_stickiness(plain) or read_per_active_user(plain)
    return (
        read_every_value(plain, facts)
        or read_defined_kinds(plain)
        or read_two_times(plain, facts)
        or read_every_period(plain, facts)
        or read_active_days(plain)
        or read_newcomers(plain)
        or read_stickiness(plain)
        or read_per_active_user(plain)
    )
