"""What is said once more beside what it says: "mood label", "failed with a timeout"."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_IS = re.compile(r"\b(?:is|are|was|were|be|been) $")
_RECORDED = ("recorded", "known", "measured", "logged", "unrecorded")
_STATUSES = ("timeout", "safety_violation", "rate_limited", "model_error")
_OF_FIELDS = ("label", "labels", "column", "field", "fields", "columns", "attribute", "attributes",
              "value", "values", "variable", "class", "classes", "name", "names", "cohort",
              "cohorts", "dimension", "category", "categories", "setting", "settings")  # fmt: skip
_VAGUER = ("typical", "typically", "usual", "worst case")


def drop_recorded(draft: Draft) -> None:
    """`Prompts have been recorded`, "no feedback recorded": nothing is said of what is unknown."""
    sentence = draft.sentence
    for match in reversed(list(re.finditer("(X)[opa]*Q(e)", sentence.shape))):
        if sentence.pieces[match.start(2)].text in _RECORDED:
            sentence.replace(match.start(2), "e", "unknown")  # "with no cost recorded"
            sentence.drop(match.start(1))
    for match in reversed(list(re.finditer("e", sentence.shape))):
        piece = sentence.pieces[match.start()]
        before, after = sentence.shape[: match.start()], sentence.shape[match.start() + 1 :]
        is_said_of = bool(re.match("[FQV]", after) or re.search("[FV][opa]*$|EQ$", before))
        is_said_of = is_said_of or bool(_IS.search(draft.tagged.text[: piece.start]))
        is_denied = re.search("X[opa]*V[opa]*$", before)
        nothing = re.search("E[opa]*$", before) and not re.match("[FQ]", after)
        is_said_of = is_said_of or piece.key == "unknown" or bool(re.match("D[FQ]e", after))
        if piece.text in _RECORDED and (not is_said_of or is_denied or nothing):
            sentence.drop(match.start())


def drop_named_kind(sentence: Sentence) -> None:
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


def drop_said_again(sentence: Sentence) -> None:
    """`Failed with a timeout`, "model error failures", "completed successfully"."""
    for match in reversed(list(re.finditer("(?<=[EWp])([opa]*v)[op!]*(?=V)", sentence.shape))):
        first, second = (sentence.pieces[at] for at in (match.end(1) - 1, match.end()))
        if first.key == "failure" and second.key in _STATUSES:
            for at in reversed(range(match.end(1) - 1, match.end())):
                sentence.drop(at)
    for match in reversed(list(re.finditer("([Vv])([Vv])", sentence.shape))):
        whole, again = (sentence.pieces[match.start(part)].key for part in (1, 2))
        is_wider = again == "failure" and whole in _STATUSES
        is_verdict = again == "feedback" and whole in ("thumbs_up", "thumbs_down")
        if whole == again or is_wider or is_verdict:
            sentence.drop(match.start(2))


def drop_equals(sentence: Sentence) -> None:
    """`Region equal to Asia`, "status is not success": the value says which field."""
    for match in reversed(list(re.finditer("(C)(?=L)", sentence.shape))):
        if sentence.pieces[match.start(1)].key == "in":
            sentence.drop(match.start(1))
    for match in reversed(
        list(re.finditer("(F)[opa]*(?:(C)|(X)[op]*)(V(?:D+V)*)", sentence.shape))
    ):
        keys = [
            sentence.pieces[at].key for at in range(*match.span(4)) if sentence.shape[at] == "V"
        ]
        is_equal = not match[2] or sentence.pieces[match.start(2)].key == "in"
        if sentence.pieces[match.start()].key != "status" or not is_equal:
            continue
        if not set(keys) <= {"success", *_STATUSES}:
            continue
        for at in range(*match.span(4)):
            if sentence.shape[at] == "V":
                sentence.put_value(at, "status", sentence.pieces[at].key)
        if match[2]:
            sentence.drop(match.start(2))
        sentence.drop(match.start())


def drop_field_nouns(sentence: Sentence) -> None:
    """`Mood label`, "sampler column"."""
    for match in reversed(list(re.finditer("(?<=F)[?F]", sentence.shape))):
        piece = sentence.pieces[match.start()]
        is_noun = piece.text in _OF_FIELDS and (piece.kind == "?" or "setting" in piece.text)
        if is_noun:
            sentence.drop(match.start())


def drop_sides_of_size(sentence: Sentence) -> None:
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


def drop_combined(sentence: Sentence) -> None:
    """`Of pro and enterprise users combined` is of both."""
    for match in reversed(list(re.finditer("(?<=[LE])A", sentence.shape))):
        if sentence.pieces[match.start()].text == "combined" and re.search("LD+L", sentence.shape):
            sentence.drop(match.start())


def drop_asides(sentence: Sentence) -> None:
    """`Churned, i.e. never came back`: an aside goes only where it says the same once more."""
    for match in reversed(list(re.finditer(r"[EQFLVv]D*[?p][Do]*A?(?=[EQFLVv])", sentence.shape))):
        first, second = sentence.pieces[match.start()], sentence.pieces[match.end()]
        between = sentence.between(match.start() + 1, match.end())
        same = (first.key, first.value) == (second.key, second.value)
        if same and any(piece.text in ("i.e", "that is") for piece in between):
            shift = 0 if second.kind == "V" else 1  # "throttled, i.e. rate limited requests"
            for at in reversed(range(match.start() + shift, match.end() + shift)):
                sentence.drop(at)


def drop_repeated(sentence: Sentence) -> None:
    """`Topic (domain)`, "typical (median) wait", "how quick? p95 response time"."""
    for kind in "FQLV":
        for match in reversed(list(re.finditer(f"{kind}D?(?={kind})", sentence.shape))):
            first, second = sentence.pieces[match.start()], sentence.pieces[match.end()]
            same = first.key == second.key and first.value == second.value
            if same and (kind != "L" or first.fields == second.fields):
                for at in reversed(range(match.start() + 1, match.end() + 1)):
                    sentence.drop(at)
    for match in reversed(list(re.finditer("AD?(?=A)", sentence.shape))):
        if sentence.pieces[match.start()].text in _VAGUER:
            for at in reversed(range(*match.span())):
                sentence.drop(at)
    exact = sentence.first("(Q)D?A(Q)")
    if exact and sentence.pieces[exact.start(1)].key == sentence.pieces[exact.start(2)].key:
        for at in reversed(range(exact.start(1), exact.start(2) - 1)):
            sentence.drop(at)


def drop_status_of_event(sentence: Sentence) -> None:
    """`Status is timeout`: the field's name adds nothing to the event."""
    for match in reversed(list(re.finditer("F[op]?(?=[Vv])", sentence.shape))):
        if sentence.pieces[match.start()].key == "status" and sentence.pieces[match.end()].key in (
            "timeout", "safety_violation", "rate_limited", "model_error", "success"
        ):  # fmt: skip
            sentence.replace(match.end(), "v", sentence.pieces[match.end()].key)
            sentence.drop(match.start())
