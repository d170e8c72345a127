"""People who used all there is of something: "users who tried every model"."""

import re

from genai_session_analyzer.copilot.facts import DataFacts
from genai_session_analyzer.copilot.planning.forms.form import Form, group_of, group_pattern
from genai_session_analyzer.copilot.planning.forms.people.people_words import WHO

_TABLES = ("fct_generations", "ftr_prompt_labels")
_EACH = re.compile(
    rf"\b(?P<who>{WHO})(?P<did>(?: who| that)?(?: have| has)? (?:ever )?(?:used?|using|tried|try))"
    r" (?:every(?: single)?(?: one of the)?|all(?: of)?(?: the)?|each and every(?: one of the)?)"
    rf"(?: \d| available| existing| different| possible)* (?P<what>{group_pattern()})"
    r"(?! (?:v\d|by|except|but))\b"
)


def read_every_value(plain: str, facts: DataFacts) -> Form | None:
    """Return "users who tried at least 4 different models" of "who tried every model".

    Args:
        plain: The question in plain words.
        facts: Has the values there are.
    """
    found = _EACH.search(plain)
    field = group_of(found["what"]) if found else None
    if found is None or field is None:
        return None
    number = max(len(facts.values_of(table, field)) for table in _TABLES)
    if number < 2:
        return None
    words = f"{found['who']}{found['did']} at least {number} different {found['what']}"
    text = f"{plain[: found.start()]}{words}{plain[found.end() :]}"
    return Form(text=text, complete=lambda plan, _words: plan)
