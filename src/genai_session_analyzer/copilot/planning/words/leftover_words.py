"""Words that only say again what the one beside them is, or that belong to it."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft, Keep
from genai_session_analyzer.copilot.planning.rules.keeping import ORIGINS
from genai_session_analyzer.copilot.planning.words.lexicon import entries
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_OF_FIELDS = ("label", "labels", "column", "field", "fields", "columns", "attribute", "attributes",
              "value", "values", "variable", "class", "classes", "name", "names", "cohort",
              "cohorts", "dimension", "category", "categories", "setting", "settings")  # fmt: skip
_NEW_TOGETHER = {"retries cost": ("retries", "cost"), "retry cost": ("retries", "cost")}


def settle_leftovers(draft: Draft) -> None:
    """Drop nouns that say nothing more, and part words that only look like one term."""
    sentence = draft.sentence
    _drop_nouns(sentence)
    _drop_sides(sentence)
    _count_events(sentence)
    _part_words(sentence)
    _drop_signup(sentence)
    _drop_credits(sentence)
    _settle_picture(sentence)
    for match in reversed(list(re.finditer("(?<=[LE])A", sentence.shape))):
        if sentence.pieces[match.start()].text == "combined" and re.search("LD+L", sentence.shape):
            sentence.drop(match.start())  # "of pro and enterprise users combined"
    _settle_origins(draft)
    _name_pictures(sentence)
    _read_inactive(draft)


_PICTURES = ("domain", "art_style", "subject")


def _name_pictures(sentence: Sentence) -> None:
    """`How many portraits did pro users make`: the value stands for the generations."""
    for match in reversed(list(re.finditer("(?<=[HM])L(?:DL)*(?=$|[aovBpG])", sentence.shape))):
        pieces = sentence.between(*match.span())
        pictures = all(set(p.fields) & set(_PICTURES) for p in pieces if p.kind == "L")
        if pictures and not sentence.first("[HM]L(?:DL)*[op]*[EQ]"):
            sentence.insert_after(match.end() - 1, "E", "generations")


def _settle_origins(draft: Draft) -> None:
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


def _drop_nouns(sentence: Sentence) -> None:
    """`Mood label`, "sampler column"."""
    for match in reversed(list(re.finditer("(?<=F)[?F]", sentence.shape))):
        piece = sentence.pieces[match.start()]
        is_noun = piece.text in _OF_FIELDS and (piece.kind == "?" or "setting" in piece.text)
        if is_noun:
            sentence.drop(match.start())


def _drop_sides(sentence: Sentence) -> None:
    """`Image sizes (width and height)`: what a size is made of."""
    averaged = re.search("A[op]*(F)(?:D*(QD+Q))?", sentence.shape)
    if averaged and sentence.pieces[averaged.start(1)].key == "image_size":
        at = averaged.start(1)
        sentence.drop(at)
        if not averaged[2]:
            for kind, key in (("Q", "height"), ("D", "and"), ("Q", "width")):
                sentence.insert_after(at - 1, kind, key)
        return
    match = re.search("F(D*(?:Q)D+(?:Q)D*)", sentence.shape)
    if not match or sentence.pieces[match.start()].key != "image_size":
        return
    keys = {p.key for p in sentence.between(*match.span(1)) if p.kind == "Q"}
    if keys == {"width", "height"}:
        for at in reversed(range(*match.span(1))):
            sentence.drop(at)


def _count_events(sentence: Sentence) -> None:
    """`Success and timeout counts per model`: how many there were, not a column of sessions."""
    for match in re.finditer("(?<![BI])F", sentence.shape):
        event, _, rest = sentence.pieces[match.start()].key.rpartition("_")
        if rest == "count" and event in entries("lexicon")["events"]:
            sentence.replace(match.start(), "V", event)
        elif event == "total" and rest in ("generations", "sessions"):
            sentence.replace(match.start(), "E", rest)


def _part_words(sentence: Sentence) -> None:
    """`Three or more retries cost`: a bound on retries, and the cost."""
    for match in reversed(list(re.finditer("(?<=[nc])Q", sentence.shape))):
        words = _NEW_TOGETHER.get(sentence.pieces[match.start()].text)
        if words:
            sentence.replace(match.start(), "Q", words[0])
            sentence.insert_after(match.start(), "Q", words[1])


def _drop_signup(sentence: Sentence) -> None:
    """`Signup cohort_week`: the field says that it is about signups."""
    for match in reversed(list(re.finditer("s(?=F)|(?<=F)s", sentence.shape))):
        near = sentence.pieces[match.start() - 1 : match.start() + 2]
        if any(p.kind == "F" and p.key.startswith(("cohort_", "signup_")) for p in near):
            sentence.drop(match.start())


def _drop_credits(sentence: Sentence) -> None:
    """`How many credits does a session cost` asks for the cost once."""
    match = sentence.first("HA?(Q)[opa]*[LVEFQv_opaDWA]*?(Q)")
    if not match:
        return
    first, last = (sentence.pieces[match.start(part)] for part in (1, 2))
    if first.key == "cost" and "credit" in first.text and last.key in ("cost", "mean_cost"):
        sentence.drop(match.start(1))
        sentence.drop(match.start())


def _settle_picture(sentence: Sentence) -> None:
    """`How long does a picture take` is about the generation."""
    for match in re.finditer("(Q)[op]*L*(Q)", sentence.shape):
        first, last = (sentence.pieces[match.start(part)] for part in (1, 2))
        if first.key in ("how_long", "latency") and last.key == "images":
            sentence.replace(match.start(2), "E", "generations")


def _read_inactive(draft: Draft) -> None:
    """`Users who made no request since May`: their last one was before."""
    sentence, times = draft.sentence, draft.tagged.times
    until_now = (
        times.range is not None
        and times.range.start
        and (times.range.end is None or re.search(r"\b(?:last|past) \d+", times.range.said))
    )
    is_bounded = times.range is not None and times.range.start and times.range.end
    pattern = "Xa*[op]*E?$|Xa+(?!a)[op]*E?(?![opaI]*[LFQVvnECc])|aX[op]*E(?![op]*[LFQVvnCc])"
    match = sentence.first(pattern) if until_now or is_bounded else None
    never = [at for at in sentence.left("vV") if sentence.pieces[at].key == "never_active"]
    if never and times.range is not None and not (until_now or is_bounded):
        draft.trouble = "when they have to be inactive"
    if never and (until_now or is_bounded):
        match = re.compile(f"(?<=^.{{{never[0]}}})[vV]").search(sentence.shape)
    if not match or not sentence.has("E", "users") or times.range is None:
        return
    things = [sentence.pieces[at] for at in range(*match.span()) if sentence.shape[at] == "E"]
    if any(piece.key != "generations" for piece in things):
        return
    start = times.range.start
    if start is None or times.grain or times.other or times.comparison:
        return
    absent = Keep(field="last_generation_at", operator="below", values=(start,),
                  position=match.start())  # fmt: skip
    if not until_now and times.range.end:
        absent = Keep(field="requested_at", operator="within", values=(start, times.range.end),
                      position=match.start(), is_negated=True)  # fmt: skip
    draft.keeps.append(absent)
    for at in reversed(range(*match.span())):
        sentence.drop(at)
    draft.forget_range()
