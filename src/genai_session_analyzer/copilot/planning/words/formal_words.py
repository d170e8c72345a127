"""Words of written English beside others: "whose", "in which", "recorded", "either ... or"."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.words.lexicon import entries
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_IS = re.compile(r"\b(?:is|are|was|were|be|been) $")
_OF_WHICH = re.compile(r"\b(?:all|every one|none|most|half|some|any) of (?:which|whom)\b")
_DONE_TO = ("employed", "selected", "chosen", "adopted", "applied", "contained", "concerned",
            "featured", "utilised", "utilized")  # fmt: skip
"""What is said of what people use; of people themselves it says something else."""
_RECORDED = ("recorded", "known", "measured", "logged", "unrecorded")


def settle_formal(draft: Draft) -> None:
    """Read relative clauses and alternatives of written English before the rules do."""
    sentence = draft.sentence
    if _OF_WHICH.search(draft.tagged.text):
        draft.trouble = "how many of them it has to be"
    done = sentence.first("(E)[opa]*p$")
    if done and sentence.pieces[done.start(1)].key == "users":
        word = sentence.pieces[done.end() - 1].text
        draft.trouble = f"'{word}' of users" if word in _DONE_TO else draft.trouble
    _settle_relatives(sentence)
    _drop_recorded(draft)
    _drop_named_kind(sentence)
    _drop_unit(sentence)
    _settle_falls(sentence)
    _settle_alternatives(sentence)
    _settle_most_that(sentence)


def _settle_relatives(sentence: Sentence) -> None:
    """`Generations whose domain is fantasy`, "sessions in which v1.4 was used": no groups."""
    for match in re.finditer("(?<=[EFVQvLn_])[oD]?(p?)(W)", sentence.shape):
        word = sentence.pieces[match.start(2)].text
        if word == "whose" or (match[1] and word == "which"):
            sentence.replace(match.start(2), "p", "with")
    for match in re.finditer("(?<=[EF])W(?![EF])", sentence.shape):
        if sentence.pieces[match.start()].text in ("who", "which"):
            sentence.replace(match.start(), "p", "with")  # "users who spent the most"


def _drop_recorded(draft: Draft) -> None:
    """`Prompts have been recorded`, "no feedback recorded": nothing is said of what is unknown."""
    sentence = draft.sentence
    for match in reversed(list(re.finditer("e", sentence.shape))):
        piece = sentence.pieces[match.start()]
        before, after = sentence.shape[: match.start()], sentence.shape[match.start() + 1 :]
        is_said_of = re.match("[FQV]", after) or re.search("[FV][opa]*$|EQ$", before)
        is_said_of = is_said_of or _IS.search(draft.tagged.text[: piece.start])
        is_denied = re.search("X[opa]*V[opa]*$", before)
        nothing = re.search("E[opa]*$", before) and not re.match("[FQ]", after)
        if piece.text in _RECORDED and (not is_said_of or is_denied or nothing):
            sentence.drop(match.start())


def _drop_named_kind(sentence: Sentence) -> None:
    """`The medium friction band`, "the feedback was a thumbs down": one says all."""
    for match in reversed(list(re.finditer("(?<=[vV])F", sentence.shape))):
        event = sentence.pieces[match.start() - 1].key
        if sentence.pieces[match.start()].key == "friction_band" and "_friction" in event:
            sentence.drop(match.start())
    if sentence.has("R"):
        return  # "the share of the feedback that is positive"
    for match in reversed(list(re.finditer("(V)[opaD]?([Vv])", sentence.shape))):
        first, second = (sentence.pieces[match.start(part)].key for part in (1, 2))
        if first == "feedback" and second in ("thumbs_up", "thumbs_down"):
            sentence.replace(match.start(2), "v", second)
            sentence.drop(match.start(1))


def _drop_unit(sentence: Sentence) -> None:
    """`A cost of at least 1 credit`: what it is counted in."""
    for match in reversed(list(re.finditer("(Q)[opAa]*C?[opa]*n(?:Dn)?(Q)", sentence.shape))):
        first, unit = (sentence.pieces[match.start(part)] for part in (1, 2))
        if first.key == "cost" and unit.text in ("credit", "credits"):
            sentence.drop(match.start(2))


def _settle_falls(sentence: Sentence) -> None:
    """`Sessions that fall into the low friction band` are in it; "fall into it" says nothing."""
    for match in reversed(list(re.finditer("B(?=[opa]*(?:[LvV]|$))", sentence.shape))):
        if sentence.pieces[match.start()].text.startswith("fall"):
            sentence.replace(match.start(), "p", "in")
    for match in re.finditer("B(F)(L)(?![DG]+[opF]*L)", sentence.shape):
        field, value = (sentence.pieces[match.start(part)] for part in (1, 2))
        if field.key in value.fields:
            sentence.replace(match.start(), "p", "in")  # "executed by the model v1.4"


def _settle_alternatives(sentence: Sentence) -> None:
    """`Timed out or were rate limited`: one of several statuses, as no row has two."""
    for match in re.finditer("[vV](?:[opa]*D+[opa]*[vV])+", sentence.shape):
        places = [at for at in range(*match.span()) if sentence.shape[at] in "vV"]
        bands = [sentence.pieces[at].key.partition("_friction") for at in places]
        joins = [sentence.pieces[at].text for at in range(*match.span())
                 if sentence.shape[at] == "D"]  # fmt: skip
        statuses = [_status(sentence.pieces[at].key) for at in places]
        is_kept = "v" in match[0] or re.search("F[op]*$", sentence.shape[: match.start()])
        if joins[-1] == "or" and all(statuses) and is_kept:
            for at, status in zip(places, statuses, strict=True):
                sentence.put_value(at, "status", str(status))
        elif joins[-1] == "or" and all(band and friction for band, friction, _ in bands):
            for at, (band, _, _) in zip(places, bands, strict=True):
                sentence.put_value(at, "friction_band", band)


def _status(event: str) -> str | None:
    """The one status that an event is; None where it is none or several."""
    events = entries("lexicon")["events"]
    spec = events[event]["filter"].get("generations", {}) if event in events else {}
    values: list[str] = spec.get("values", [])
    return values[0] if spec.get("field") == "status" and len(values) == 1 else None


def _settle_most_that(sentence: Sentence) -> None:
    """`On which day did the most generations fail`: the most failures."""
    for match in reversed(list(re.finditer("M[oI]?(E)[opa]*([vV])$", sentence.shape))):
        entity, event = (sentence.pieces[match.start(part)] for part in (1, 2))
        if entity.key == "generations" and "count" in entries("lexicon")["events"][event.key]:
            sentence.replace(match.start(1), "V", event.key)
            sentence.drop(match.start(2))
