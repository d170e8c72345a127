"""Words whose meaning hangs on another word of the question, settled before the rules."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft, Idea
from genai_session_analyzer.copilot.planning.words.formal_words import settle_formal
from genai_session_analyzer.copilot.planning.words.neighbours import settle_neighbours

_USER_ID = re.compile(r"[a-z]*_?[0-9a-f]{6,}")


def settle(draft: Draft) -> None:
    """Read signups and activity, and give words their meaning beside others."""
    settle_formal(draft)
    settle_neighbours(draft)
    _read_signup(draft)
    _settle_pieces(draft)
    _read_activity(draft)


def _read_signup(draft: Draft) -> None:
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


def _read_activity(draft: Draft) -> None:
    sentence = draft.sentence
    named = any(p.kind == "E" and p.text.startswith("active") for p in sentence.pieces)
    draft.is_active = draft.is_active or named or (sentence.has("a") and sentence.has("E", "users"))


def _settle_pieces(draft: Draft) -> None:
    """Words whose meaning hangs on another: "how long" of sessions, "images" that failed."""
    sentence = draft.sentence
    _settle_who(draft)
    of_sessions = sentence.has("E", "sessions")
    _settle_longest(draft)
    _settle_longest_in_unit(draft)
    _settle_user_ids(draft)
    for match in sentence.find("S(?![nESFVvLQa])"):
        if sentence.pieces[match.start()].text == "last":
            sentence.drop(match.start())  # "how long do sessions last"
    if sentence.first("E.*aL+Q") and any(p.key == "images" for p in sentence.pieces):
        images = next(at for at, p in enumerate(sentence.pieces) if p.key == "images")
        sentence.replace(images, "E", "generations")  # "users generated fantasy images"
    judged = sentence.first("[bM](~)")
    if judged and sentence.first("[QVS]"):
        sentence.drop(judged.start(1))  # "worst performing by error rate"
    for at, piece in enumerate(sentence.pieces):
        if piece.kind == "Q" and piece.key == "how_long":
            of_prompts = sentence.has("E", "prompts") and not of_sessions
            other = "prompt_length" if of_prompts else "latency"
            sentence.replace(at, "Q", "duration" if of_sessions else other)
        elif piece.kind == "Q" and piece.key == "images" and sentence.first("v"):
            sentence.replace(at, "E", "generations")


def _settle_who(draft: Draft) -> None:
    """`Who spends most`, "biggest spenders": users, who are not named."""
    sentence = draft.sentence
    first = sentence.pieces[0] if sentence.pieces else None
    spends = any(p.kind == "S" and _names_users(p.text) for p in sentence.pieces)
    is_who = first is not None and first.text == "who" and not sentence.has("E", "users")
    is_whose = first is not None and first.text == "whose" and not sentence.has("E")
    if is_who or is_whose or (spends and not sentence.has("E")):
        many = any(p.kind in "ST" and p.is_plural for p in sentence.pieces)
        many = many or re.match(r"\W*who (?:are|were)\b", draft.tagged.text) is not None
        ranks = [at for at in sentence.left("S") if _names_users(sentence.pieces[at].text)]
        place = ranks[0] if ranks else 0 if first and first.text == "who" else -1
        sentence.insert_after(place, "E", "users", many)


def _names_users(text: str) -> bool:
    return any(word in text for word in ("spender", "users", "consumers"))


def _settle_user_ids(draft: Draft) -> None:
    """`User sim_0000038`: a word of letters and digits behind "user" is an id."""
    sentence = draft.sentence
    for match in sentence.find("E\\?"):
        name = sentence.pieces[match.start() + 1].text
        if sentence.pieces[match.start()].key == "users" and _USER_ID.fullmatch(name):
            sentence.put_value(match.start() + 1, "user_id", name)


def _settle_longest_in_unit(draft: Draft) -> None:
    """`The longest session in hours` is a number of hours."""
    sentence = draft.sentence
    match = sentence.first("(S)(L*)(E)")
    if draft.unit is None or not match or sentence.first("[ZTQMB]"):
        return
    name, _, direction = sentence.pieces[match.start(1)].key.rpartition(" ")
    if name in ("duration", "latency") and not sentence.pieces[match.start(3)].is_plural:
        sentence.replace(match.start(1), "A", "max" if direction == "descending" else "min")
        sentence.insert_after(match.start(1), "Q", name)


def _settle_longest(draft: Draft) -> None:
    """`Longest sessions` ranks them; "most active users" of a day are not a rank of users."""
    sentence = draft.sentence
    lengths = {"sessions": "duration", "prompts": "prompt_length"}
    for match in sentence.find("A([E])"):
        piece, key = sentence.pieces[match.start()], sentence.pieces[match.start(1)].key
        if piece.text in ("longest", "shortest") and key in lengths:
            direction = "descending" if piece.key == "max" else "ascending"
            sentence.replace(match.start(), "S", f"{lengths[key]} {direction}")
    for match in sentence.find("S(?=E)"):
        several = sentence.pieces[match.end()].is_plural
        is_active = sentence.pieces[match.start()].text == "most active"
        if is_active and several and draft.tagged.times.grain:
            sentence.replace(match.start(), "M", "descending")
            draft.is_active = True
