"""Rules that rewrite a text hold in their order."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten

ONE = (re.compile("folks"), "people")
TWO = (re.compile("people"), "users")


def test_a_rule_sees_what_those_before_it_wrote() -> None:
    assert rewritten("folks", (ONE, TWO)) == "users"
    assert rewritten("folks", (TWO, ONE)) == "people"
