"""Signups: when users joined, or how many did."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft, Idea
from genai_session_analyzer.copilot.planning.words.pieces import Sentence


def drop_signup(sentence: Sentence) -> None:
    """`Signup cohort_week`: the field says that it is about signups."""
    for match in reversed(list(re.finditer("s(?=F)|(?<=F)s", sentence.shape))):
        near = sentence.pieces[match.start() - 1 : match.start() + 2]
        if any(p.kind == "F" and p.key.startswith(("cohort_", "signup_")) for p in near):
            sentence.drop(match.start())


def read_signup(draft: Draft) -> None:
    """`Signups in May`, "which month had the most signups": how many, unless something is asked."""
    draft.signup = draft.tagged.signup.range
    for at in draft.sentence.left("s"):
        draft.is_signup = True
        if re.search("M$|T.*[BY]$", draft.sentence.shape[:at]):
            draft.sentence.replace(at, "E", "users")  # "which month had the most signups"
        else:
            draft.sentence.take(at)
    if draft.is_signup and _is_first_or_last(draft):
        return
    if draft.is_signup and draft.signup is None and not draft.sentence.first("[HEQ]"):
        draft.ask(Idea(kind="count", key="users"), 0)
    if draft.is_signup and not draft.sentence.first("[QVSKE]") and not draft.ideas:
        draft.ask(Idea(kind="count", key="users"), 0)
        draft.sentence.take(*draft.sentence.left("H"))


def _is_first_or_last(draft: Draft) -> bool:
    """`Who signed up first`, "date of the latest signup": no signup is counted."""
    sentence = draft.sentence
    ends = any(p.kind == "S" and p.key in ("newest", "oldest") for p in sentence.pieces)
    asks = sentence.has("w") or (bool(sentence.pieces) and sentence.pieces[0].text == "who")
    return ends and asks and not sentence.has("H")
