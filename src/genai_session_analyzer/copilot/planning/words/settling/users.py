"""Who is meant: users that are not named, named twice, or absent."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft, Keep
from genai_session_analyzer.copilot.planning.rules.kept_rows.values_and_events import ORIGINS
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_USER_ID = re.compile(r"[a-z]*_?[0-9a-f]{6,}")


def drop_whose(sentence: Sentence) -> None:
    """`User ratings`, "customer sessions": whose they are goes without saying."""
    for match in reversed(list(re.finditer("(?<!B)(?:^|(?<=[^B]))(E)(?=[EV])", sentence.shape))):
        at = match.start(1)
        piece, after = sentence.pieces[at], sentence.pieces[at + 1]
        is_own = piece.key == "users" and after.key != "users" and after.is_plural
        if is_own and not piece.is_plural and piece.text not in ("people", "everyone"):
            sentence.drop(at)


def drop_people(sentence: Sentence) -> None:
    """`Share of pictures people liked` is of pictures; "sessions, average length" of length."""
    for match in reversed(list(re.finditer("R[op]*L*[EQ](E)(?=[va])", sentence.shape))):
        if sentence.pieces[match.start(1)].key == "users":
            sentence.drop(match.start(1))
    led = re.match("[opa]*p[opa]*LF?(E)D(?=.*[EQVv])", sentence.shape)
    is_led = led is not None and sentence.pieces[led.end() - 1].text == ","
    if led and is_led and sentence.pieces[led.start(1)].key == "users" and not sentence.has("S"):
        sentence.drop(led.start(1))  # "for enterprise users, share of generations by model"
    topic = re.match("(E)DA[EQ]", sentence.shape)
    if topic and sentence.pieces[1].text == ",":
        sentence.drop(1)
        sentence.drop(0)


def settle_who(draft: Draft) -> None:
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


def settle_user_ids(draft: Draft) -> None:
    """`User sim_0000038`: a word of letters and digits behind "user" is an id."""
    sentence = draft.sentence
    for match in sentence.find("E\\?"):
        name = sentence.pieces[match.start() + 1].text
        if sentence.pieces[match.start()].key == "users" and _USER_ID.fullmatch(name):
            sentence.put_value(match.start() + 1, "user_id", name)


def read_activity(draft: Draft) -> None:
    """`Active users` are those with a generation."""
    sentence = draft.sentence
    named = any(p.kind == "E" and p.text.startswith("active") for p in sentence.pieces)
    draft.is_active = draft.is_active or named or (sentence.has("a") and sentence.has("E", "users"))


def settle_origins(draft: Draft) -> None:
    """`Simulated users`, "how many generations are simulated": no origin is named."""
    sentence = draft.sentence
    places = [at for at in sentence.left("L") if set(sentence.pieces[at].fields) <= set(ORIGINS)]
    if len(places) != 1 or any(p.kind == "F" and p.key in ORIGINS for p in sentence.pieces):
        return
    at = places[0]
    before, after = sentence.shape[:at], sentence.shape[at + 1 :]
    named = re.search("(E)[op]*$", before) or re.match("[op]*(E)", after)
    if not named or sentence.pieces[at].value != "simulated":
        return
    entity = named.start(1) + (0 if named.re.pattern.endswith("$") else at + 1)
    if sentence.pieces[entity].key == "users":
        draft.keeps.append(Keep(field="user_origin", values=("simulated",), position=at))
        sentence.drop(at)
    elif sentence.pieces[entity].key == "generations" and sentence.has("H"):
        sentence.replace(entity, "V", "simulated")
        sentence.drop(at)
    elif sentence.pieces[entity].key == "generations" and sentence.has("R"):
        sentence.replace(at, "v", "simulated")
