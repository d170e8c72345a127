"""What one of them spends: "how much does a user spend on average", "the average user spends"."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_VERBS = ("spend", "spends", "spent", "burn", "burns", "burned", "consume", "consumes", "cost",
          "costs", "pay", "pays")  # fmt: skip
_WHOSE = ("users", "sessions")


def settle_spending(draft: Draft) -> None:
    """Read what users or sessions spend on average as an amount per user or session."""
    sentence = draft.sentence
    match = sentence.first("(H?)(A?)[LIa]*(E)[a]*(Q)[opL]*(A?)")
    if not match or not (match[2] or match[5]) or sentence.first("[RTSMKW]"):
        return
    entity, amount = (sentence.pieces[match.start(part)] for part in (3, 4))
    ways = [sentence.pieces[match.start(part)].key for part in (2, 5) if match[part]]
    is_spent = amount.key == "cost" and amount.text in _VERBS
    if not is_spent or ways != ["mean"] or entity.key not in _WHOSE:
        return
    draft.per = entity.key
    _put_behind(sentence, match)


def _put_behind(sentence: Sentence, match: re.Match[str]) -> None:
    """Put the average behind the amount, and leave out who spends and "how much"."""
    if match[2]:
        sentence.insert_after(match.start(4), "A", "mean")
    for part in (3, 2, 1):
        if match[part]:
            sentence.drop(match.start(part))
