"""Lists of rows said in another order than the rules read: their rank last, or no "list"."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_SHOWS = (
    r"^\W*(?:(?:please|now|can you|could you) )*(?:show|display|return|give|find|get|retrieve|print"
    r"|output|present|see|fetch|provide|report)\b"
)
_WITH_THEIR = re.compile(
    _SHOWS + r".* (?:with|along with|together with|including|plus|and) (?:their|its)\b"
)
_COLUMNS = "(?:(?:Ho?)?[FQkE](?:D+(?:Ho?)?[FQkE])*[op]+)?"
_RANK_LAST = re.compile(
    rf"^[ZWop]*{_COLUMNS}n[vLo]*(E)((?:LF|[poLvChnQUEV_])+?)(p(?:M[oH]*A?[QVE]|S))(?![BYR])"
)
_HEAD = re.compile(rf"^[ZWop]*{_COLUMNS}n?[SAMLo]*(V)")
_ROWS = re.compile(r"\b(?:(session)|generation|request)s\b")
_KEYS = ("generation_id", "session_id", "user_id", "prompt_id", "prompt_text")


def settle_listing(draft: Draft) -> None:
    """Put a list of rows into the order that the rules read.

    "The 5 sessions of pro users with the most timeouts" are the 5 sessions with the most timeouts
    of pro users, and "show sessions with their cost" lists them.
    """
    if draft.is_follow_up:
        return
    sentence = draft.sentence
    found = _RANK_LAST.match(sentence.shape)
    if found and sentence.pieces[found.start(1)].is_plural:
        for place, at in enumerate(range(*found.span(3))):
            sentence.move(at, found.end(1) + place)
    if sentence.has("Z"):
        return
    if _lists_rows(draft) or _names_key(sentence, draft.tagged.text):
        sentence.insert_after(-1, "Z", "list")
        sentence.move(len(sentence.pieces) - 1, 0)


def split_heads(sentence: Sentence) -> None:
    """Take rows out of one phrase with what is said of them.

    "The ten sessions with high friction" are sessions and a condition, "user id and device of
    users" are two fields of users.
    """
    _split_users(sentence)
    head = _HEAD.match(sentence.shape)
    if head is None or not re.search("n|^Z|FD", sentence.shape[: head.start(1)]):
        return
    piece = sentence.pieces[head.start(1)]
    rows = _ROWS.search(piece.text)
    if rows:
        sentence.insert_after(head.start(1), "v", piece.key)
        sentence.replace(head.start(1), "E", "sessions" if rows[1] else "generations")


def _split_users(sentence: Sentence) -> None:
    fields = re.match("[Zop]*(F)(?:D+(?:Ho?)?[FQE])*D+(?:Ho?)?([FQ])(?![op]*E)", sentence.shape)
    if fields is None or sentence.pieces[fields.start(1)].key != "user_id":
        return
    if sentence.pieces[fields.start(2)].text.endswith(" of users"):
        sentence.insert_after(fields.start(2), "E", "users")
        sentence.insert_after(fields.start(2), "o", "of")


def _lists_rows(draft: Draft) -> bool:
    """`Show the requests from Asia with their latency`: of each, not the mean of all."""
    sentence = draft.sentence
    rows = re.match("[op]*[Lvo]*(E)", sentence.shape)
    named = re.sub("[pD]Ho?(?=[EQ])|[Ch]n|B(?=L)", "", sentence.shape)
    is_plain = re.search("[ARGBKITMSbnHJY]", named) is None
    return (
        rows is not None
        and sentence.pieces[rows.start(1)].is_plural
        and is_plain
        and _WITH_THEIR.match(draft.tagged.text) is not None
    )


def _names_key(sentence: Sentence, text: str) -> bool:
    """`Show the session id, user and cost of sessions`: the id says that rows are meant."""
    lead = re.match("[op]*(F)(?:D+(?:Ho?)?[FQE])*[op]+[nLvSMAo]*E", sentence.shape)
    is_key = lead is not None and sentence.pieces[lead.start(1)].key in _KEYS
    return is_key and re.match(_SHOWS, text) is not None
