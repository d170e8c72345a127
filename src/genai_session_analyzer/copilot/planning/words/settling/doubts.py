"""Known words in a place where they name something that the data does not have."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft

_ARTICLES = frozenset(
    ("the", "a", "an", "its", "their", "our", "my", "what", "which", "as", "at", "and", "of", "by",
     "overall", "total", "daily", "weekly", "monthly", "this", "that", "is", "are", "your")
)  # fmt: skip
_OF_PICTURES = ("safety_violation", "thumbs_up", "thumbs_down", "feedback", "download", "retried")
_OF_FAILED = ("failure", "timeout", "safety_violation", "rate_limited", "model_error")
_JOINED = r"(?:joined|signed up|registered|sign ups?|signups?|opened (?:an |their )?accounts?)"
_TWO_SIGNUPS = re.compile(
    rf"\b{_JOINED}\b.*\b(?:against|versus|vs|than|compared|beside|next to|and|or)\b"
    rf" (?:(?:to|with|the|those|users|people|ones|customers|who|that|which|of) )*{_JOINED}\b"
)
_PRICES = ("price", "prices", "charge", "charges", "fee", "fees")


def doubt_meanings(draft: Draft) -> None:
    """Say what is not understood of "hit rate", "blocked users", "failed downloads".

    Each of these words has a meaning elsewhere; here another one is more likely.
    """
    _doubt_rate(draft)
    _doubt_done_to(draft)
    _doubt_price(draft)
    _doubt_two_signups(draft)


def doubt_difference(draft: Draft) -> None:
    """`Likes minus dislikes` is a number less another; no plan can say that."""
    for match in re.finditer("([QVE])(X)[QVE]", draft.sentence.shape):
        whole, less = (draft.sentence.pieces[match.start(part)] for part in (1, 2))
        if less.text.startswith("minus") and whole.key != "failure":
            draft.trouble = "a number minus another one"


def _doubt_two_signups(draft: Draft) -> None:
    """`Users who joined in 2023 against those who joined in 2024`: the second time is no signup."""
    if draft.tagged.times.range and _TWO_SIGNUPS.search(draft.tagged.text):
        draft.trouble = "users of two times of signup side by side"


def _doubt_rate(draft: Draft) -> None:
    """`Hit rate`: a word that says nothing elsewhere may name a rate that is not known."""
    for piece in draft.sentence.pieces:
        if piece.kind != "R" or piece.text not in ("rate", "rates", "ratio"):
            continue
        before = re.search(r"([\w]+)[ -]$", draft.tagged.text[: piece.start])
        read = any(other.start < piece.start <= other.start + len(other.text) + 1
                   for other in draft.sentence.pieces if other is not piece)  # fmt: skip
        if before and before[1] not in _ARTICLES and not read:
            draft.trouble = f"'{before[1]} {piece.text}'"


def _doubt_done_to(draft: Draft) -> None:
    """`Blocked users`, "failed downloads", "image shares"."""
    sentence = draft.sentence
    for match in re.finditer("([vV])([EV])", sentence.shape):
        first, second = (sentence.pieces[match.start(part)] for part in (1, 2))
        of_users = first.key in _OF_PICTURES and second.key == "users"
        of_download = first.key in _OF_FAILED and second.key in _OF_PICTURES[1:5]
        if of_users or of_download:
            draft.trouble = f"'{first.text} {second.text}'"
    for match in re.finditer("[EQ](R)$|[EQ](R)(?=[^opD])", sentence.shape):
        piece = sentence.pieces[match.start(1) if match[1] else match.start(2)]
        if piece.text == "shares" and piece.start and "share of" not in draft.tagged.text:
            draft.trouble = f"'{piece.text}'"


def _doubt_price(draft: Draft) -> None:
    """`Price of pro`: what a tier costs is not what its users spend."""
    sentence = draft.sentence
    for match in re.finditer("(Q)[opa]*(L)(?!E)", sentence.shape):
        amount, tier = (sentence.pieces[match.start(part)] for part in (1, 2))
        if amount.key == "cost" and amount.text in _PRICES and tier.key == "user_tier":
            draft.trouble = f"'{amount.text}' of a tier"
