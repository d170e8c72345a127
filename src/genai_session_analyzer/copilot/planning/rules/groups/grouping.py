"""What to group by: "by tier and region", "which models", "compare pro and free"."""

import re
from dataclasses import replace

from genai_session_analyzer.copilot.planning.drafts import Draft, Keep
from genai_session_analyzer.copilot.planning.rules.groups.values_side_by_side import (
    is_either,
    run_of_values,
    settle_repeated,
    shared_field,
    two_apart,
)
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import idea_of

GROUPABLE = {"steps": "steps", "complexity": "complexity_score", "guidance": "cfg_scale",
              "prompt_length": "prompt_length_category",
              "retries": "retry_count", "images": "image_count", "width": "width",
              "height": "height"}  # fmt: skip


def read_groups(draft: Draft) -> None:
    """Find the fields and entities that rows are grouped by."""
    _read_compared_values(draft)
    if not draft.is_follow_up:
        _read_measured_by(draft)
    _read_by(draft)
    _read_asked(draft)


def _read_compared_values(draft: Draft) -> None:
    """`Pro vs free`: both are kept, and told apart."""
    sentence = draft.sentence
    settle_repeated(sentence)
    if not sentence.has("G"):
        return
    for match in sentence.find("C(?=[^n])"):
        if sentence.pieces[match.start()].key == "between":
            sentence.replace(match.start(), "p", "in")
    compared = False
    for match in sentence.find("L(?:[DGopEF]+L)+"):
        at = run_of_values(sentence, match)
        shared = shared_field(sentence, at) if at else None
        if shared is None or (compared and is_either(sentence, at)):
            continue
        compared = True
        start, end = at[0], at[-1] + 1
        fields = {sentence.pieces[n].key for n in range(start, end) if sentence.shape[n] == "F"}
        if fields - {shared}:
            continue
        sentence.take(*(n for n in range(start, end) if sentence.shape[n] == "F"))
        _keep_each(draft, shared, at)
        _take_filler(draft, start, end)
    apart = two_apart(sentence)
    if apart:
        _keep_each(draft, shared_field(sentence, apart) or "", apart)
        sentence.take(*apart)
    sentence.take(*sentence.left("G"))


def _keep_each(draft: Draft, name: str, places: list[int]) -> None:
    """Keep the values at those places, told apart."""
    values = tuple(draft.sentence.pieces[place].value for place in places)
    draft.keeps.append(Keep(field=name, values=values, position=places[0]))
    if name not in draft.groups:
        draft.groups.append(name)
    draft.span_whole_range()


def _read_measured_by(draft: Draft) -> None:
    """`The busiest day by requests`: what ranks, or what is counted; nobody groups by those."""
    sentence = draft.sentence
    for match in sentence.find("(B)H?[oI]*([EQ])(?![EF])"):
        piece = sentence.pieces[match.start(2)]
        if sentence.pieces[match.start()].key != "by" or not sentence.pieces[
            match.start()
        ].text.endswith("by"):
            continue
        is_count = piece.kind == "E" and piece.key == "generations"
        if not is_count and (piece.kind == "E" or draft.rank is None or piece.key in GROUPABLE):
            continue
        if draft.rank and not draft.rank.by_time:
            if draft.rank.idea is None or draft.rank.idea.key == "generations":
                draft.rank = replace(draft.rank, idea=idea_of(piece))
            else:
                continue
        else:
            draft.ask(idea_of(piece), match.start(2))
        sentence.take_span(*match.span())


def _take_filler(draft: Draft, start: int, end: int) -> None:
    for at in range(start, end):
        if draft.sentence.shape[at] in "LDGop":
            draft.sentence.take(at)


def _read_by(draft: Draft) -> None:
    sentence = draft.sentence
    for match in sentence.find("(B)I?(?=E)"):
        if sentence.pieces[match.start()].key == "all":
            sentence.take(match.start())  # "over all sessions"
    for match in sentence.find("(B)L*(?=E)"):
        if _is_agent(draft, match.start(), match.end()):
            sentence.take(match.start())  # "spent by users who joined in 2024"
    for match in sentence.find("(B)(?=AQ)"):
        sentence.take(match.start())  # "regions by p95 latency"
    for match in sentence.find("(B)I?([EFQ](?:(?:DB?|B)I?[EF])*)"):
        draft.group_at = min(draft.group_at, match.start())
        if sentence.pieces[match.start()].key == "per" and match[2][0] == "Q":
            continue
        is_per, is_joined = False, re.search("[FQ]DI?E|EDI?[FQ]", match[2]) is not None
        for at in range(*match.span()):
            if sentence.shape[at] == "B":
                is_per = sentence.pieces[at].key == "per" and not is_joined
            else:
                _read_group(draft, at, is_per)
        sentence.take_span(*match.span())


def _is_agent(draft: Draft, by: int, who: int) -> bool:
    """Whether "by" names who did it: several users, and only some of them."""
    sentence = draft.sentence
    entity = sentence.pieces[who]
    if sentence.pieces[by].text != "by" or entity.key != "users" or not entity.is_plural:
        return False
    if by > 0 and sentence.shape[by - 1] in "va" and "H" in sentence.shape[:by]:
        return True  # "how many images were saved by users"
    is_restricted = draft.signup is not None or who > by + 1 or bool(draft.conditions)
    return is_restricted or re.match("[pa]|o[FL]", sentence.shape[who + 1 :]) is not None


def _read_group(draft: Draft, at: int, is_per: bool) -> None:
    piece = draft.sentence.pieces[at]
    if piece.kind == "E" and is_per:
        draft.per = piece.key
    elif piece.kind in "EF":
        _group(draft, piece.key)
        keep_failures(draft, at)
    elif piece.kind == "Q" and piece.key in GROUPABLE:
        _group(draft, GROUPABLE[piece.key])
    elif piece.kind == "Q":
        draft.ask(idea_of(piece), at)


def keep_failures(draft: Draft, at: int) -> None:
    """A type of failure is a status other than success."""
    piece = draft.sentence.pieces[at]
    if piece.key == "status" and any(word in piece.text for word in ("fail", "error")):
        draft.keeps.append(Keep(event="failure", position=at))


def _group(draft: Draft, name: str) -> None:
    if name not in draft.groups:
        draft.groups.append(name)


def _read_asked(draft: Draft) -> None:
    """`Which models ...`: one row for each, unless they are counted."""
    sentence = draft.sentence
    for match in sentence.find("W([EF])(?:D([EF]))?"):
        for group in (1, 2):
            if not match[group]:
                continue
            piece = sentence.pieces[match.start(group)]
            if piece.kind == "F":
                _group(draft, piece.key)
                keep_failures(draft, match.start(group))
            elif draft.subject is None:
                draft.subject = piece.key
        sentence.take_span(match.start(), match.end())
