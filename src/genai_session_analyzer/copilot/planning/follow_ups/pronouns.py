"""Whether a question speaks of the rows before by a pronoun: "how much did they spend?"."""

import re

from genai_session_analyzer.copilot.planning.words.tagging import Tagged

_BEFORE = r"(?:(?!\b(?:and|that|who|when|while|after|before|if|until|because|per|each)\b)[^,;:])*?"
_DID = r"(?:do|does|did|have|has|had|are|is|was|were)"
_DOES_IT = (
    r"(?:does|did) it (?:have|make|handle|contain|include|produce|get|receive|run|serve|use"
    r"|come|belong|happen|fail|succeed|hold|see)"
)
_LAST = (
    r"(?:uses?|used|made|make|ran|run|sent|wrote|produced|caused|of|by|in|with|from|behind|for|to"
    r"|about|on|belong(?:s|ed)? to|had|have|has|got|requested|submitted|created)"
)
_LEAD = r"^\W*(?:(?:and|but|now|then|ok|so) )*"
_ASKS = re.compile(
    rf"{_LEAD}(?:which|what|how|when|where|who|from|in|on|by|to)\b{_BEFORE}"
    rf"\b(?:{_DID} (?:they|he|she|those|these|each(?: (?:of them|one))?(?= \w+\W*$))|{_DOES_IT}"
    rf"|{_LAST} (?:them|they|him|those|these|it)(?=\W*$))\b"
)
_OWN = re.compile(
    rf"{_LEAD}(?:(?:what|how \w+|who|show|give|tell|list|display|add)(?: me| us)?"
    r"(?: (?:is|are|was|were|about|also))? )?(?:only |just |also |with )?(?:the )?"
    r"(?:their|its|his|her)\b"
)
_OF_THEM = re.compile(
    rf"{_LEAD}(?:what|show|give|list|the|an?|average|mean|median|total)\b{_BEFORE}"
    r" of (?:them|those|these|it)\W*$"
)
_THERE = re.compile(rf"{_LEAD}(?:what|how (?:many|much|long))\b{_BEFORE} there\W*$")
_ARE_THERE = re.compile(r"\b(?:is|are|was|were) there\W*$")


def points_back(text: str) -> bool:
    """Return whether a lower-case question is about the rows before, by a pronoun.

    A pronoun behind its own noun is none: "users who failed and how often they came back".
    """
    if _THERE.match(text) and not _ARE_THERE.search(text):
        return True
    return bool(_ASKS.match(text) or _OWN.match(text) or _OF_THEM.match(text))


def settle_pronouns(tagged: Tagged) -> None:
    """Take the words off that only carry the pronoun: "did they", "used it", "of them"."""
    if points_back(tagged.text):
        tagged.sentence.take(*tagged.sentence.left("W"), *tagged.sentence.left("a"))
