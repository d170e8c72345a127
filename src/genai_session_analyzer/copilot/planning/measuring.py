"""Which numbers are asked for."""

import re
from dataclasses import replace

from genai_session_analyzer.copilot.planning.drafts import NO_PLACE, Draft, Idea, Keep
from genai_session_analyzer.copilot.planning.ideas import idea_of
from genai_session_analyzer.copilot.planning.lexicon import entries
from genai_session_analyzer.copilot.planning.pieces import Piece

STATUS_EVENTS = ("success", "failure", "timeout", "safety_violation", "rate_limited", "model_error")
IMAGES = ("image", "images", "picture", "pictures", "pic", "pics")
OWN_RATES = (
    *STATUS_EVENTS,
    "churned",
    "high_friction",
    "reused",
    "shared_prompt",
    "ever_active",
    "simulated",
)
"""Events whose rate is over all rows of which it is known whether they happened."""


def read_measures(draft: Draft) -> None:
    """Find the numbers that are asked for, in their order."""
    _read_transform(draft)
    _read_distinct(draft)
    _read_share(draft)
    _read_counted(draft)
    _read_quantities(draft)
    _read_event_nouns(draft)


def _read_transform(draft: Draft) -> None:
    sentence = draft.sentence
    for at in sentence.left("K"):
        key = sentence.pieces[at].key
        is_plain = key == "change" and draft.tagged.times.is_trend
        if draft.tagged.times.comparison is None and not is_plain:
            draft.transform = key  # type: ignore[assignment]
        sentence.take(at)
    if draft.transform == "moving_average_7" and draft.tagged.times.grain is None:
        draft.tagged = replace(draft.tagged, times=replace(draft.tagged.times, grain="day"))
    if draft.tagged.times.period_over_period and draft.transform == "value":
        draft.transform = "relative_change"


def _read_distinct(draft: Draft) -> None:
    sentence = draft.sentence
    for match in sentence.find("HI?o?I?([F])"):
        draft.ask(Idea(kind="distinct", key=sentence.pieces[match.start(1)].key), match.start(1))
        sentence.take_span(match.start(), match.end())
    for match in sentence.find("I([E])"):
        if sentence.pieces[match.start(1)].key in ("users", "prompts"):
            draft.ask(Idea(kind="count", key=sentence.pieces[match.start(1)].key), match.start(1))
            before = match.start() - 1
            sentence.take_span(match.start(), match.end())
            sentence.take(
                *(at for at in (before, before - 1) if at >= 0 and sentence.shape[at] in "Ho")
            )


def _read_share(draft: Draft) -> None:
    """A share is an event's rate, a part of a total, or each group's part of the total."""
    sentence = draft.sentence
    match = sentence.first("A?(R)[op]?(A?)o?L*(?:E(?=E))?([EQ]?)")
    if not match:
        return
    base = sentence.pieces[match.start(3)] if match[3] else None
    if (base is None or base.kind == "E") and _is_rate_already(draft, match.end()):
        _take_but_values(draft, match)
        return
    _take_but_values(draft, match)
    events = sentence.left("Vv")
    if events:
        _share_of_event(draft, events, base)
        return
    if base and base.kind == "Q":
        draft.ask(idea_of(base), match.start())
    elif base:
        draft.ask(Idea(kind="count", key=base.key), match.start())
    else:
        quantity = sentence.first("([Q])")
        if quantity:
            draft.ask(idea_of(sentence.pieces[quantity.start(1)]), quantity.start(1))
            sentence.take(quantity.start(1))
        else:
            entity = sentence.first("([E])")
            key = sentence.pieces[entity.start(1)].key if entity else "generations"
            draft.ask(Idea(kind="count", key=key), match.start())
    draft.has_share = True


def _take_but_values(draft: Draft, match: re.Match[str]) -> None:
    """`Share of pro generations`: the value is read with the others."""
    sentence = draft.sentence
    sentence.take(*(at for at in range(*match.span()) if sentence.shape[at] != "L"))


def _is_rate_already(draft: Draft, after: int) -> bool:
    """`Share of sessions that churn`: the rate has a name."""
    amounts = [at for at in draft.sentence.left("Q") if at >= after]
    key = draft.sentence.pieces[amounts[0]].key if len(amounts) == 1 else ""
    return key.endswith(("_rate", "_share"))


def others_than_share(draft: Draft) -> bool:
    """Whether the share was called a rate or a likelihood, which is of all rows."""
    words = ("rate", "often", "likel", "chance", "probab", "frequent")
    texts = [piece.text for piece in draft.sentence.pieces if piece.kind == "R"]
    return any(word in text for text in texts for word in words)


def _share_of_event(draft: Draft, events: list[int], whole: Piece | None) -> None:
    """`Share of requests that failed` is a rate; "of cost lost to failures" a part of the cost."""
    sentence = draft.sentence
    base = whole.key if whole and whole.kind == "E" and whole.text not in IMAGES else None
    part = sentence.pieces[events[-1]].key
    for at in events[:-1]:
        draft.keeps.append(Keep(event=sentence.pieces[at].key, position=at))
    sentence.take(*events)
    has_rate = "rate" in entries("lexicon")["events"][part]
    if whole and whole.kind == "Q" and whole.key != "images":
        draft.keeps.append(Keep(event=part, position=events[-1], is_part=True))
        draft.ask(idea_of(whole), events[-1])
        draft.has_share = True
        return
    if draft.group_at < NO_PLACE and whole is None and not others_than_share(draft):
        draft.trouble = "a share of what: of all rows, or of the events"
        return
    others = [sentence.pieces[at].key for at in events[:-1]]
    is_own = not others or (part in OWN_RATES and not set(others) & set(STATUS_EVENTS))
    if has_rate and is_own and (part in OWN_RATES or base is None) and base not in ("users",):
        draft.ask(Idea(kind="rate", key=part), events[-1])
        return
    draft.keeps.append(Keep(event=part, position=events[-1], is_part=True))
    draft.ask(Idea(kind="count", key=base or "generations"), events[-1])
    draft.has_share = True


def _read_counted(draft: Draft) -> None:
    """`How many users`, "number of timeouts"."""
    sentence = draft.sentence
    for match in sentence.find("(A?)o?H(?:[oI]|L)*([EV])"):
        at = match.start(2)
        if "L" in match[0]:
            continue
        how = sentence.pieces[match.start(1)].key if match[1] else None
        how = None if how == "total" else how
        idea = _counted(draft, at, how)
        draft.ask(idea, match.start(2))
        draft.counted = idea.key if idea.kind == "count" else None
        sentence.take_span(match.start(), match.end())
    for match in sentence.find("H(?:[o_I])*(A?)([EV])"):
        idea = _counted(draft, match.start(2), None)
        draft.ask(idea, match.start(2))
        draft.counted = idea.key if idea.kind == "count" else None
        sentence.take_span(match.start(), match.end())


def _read_quantities(draft: Draft) -> None:
    sentence = draft.sentence
    found: list[tuple[int, Idea]] = []
    for match in sentence.find("H?o?((?:A[Do]*)*)[opI]*([Q])"):
        at = match.start(2)
        said = [place for place in range(*match.span(1)) if sentence.shape[place] == "A"]
        hows: list[str | None] = [sentence.pieces[place].key for place in said]
        hows = hows or [None]
        found += [(at, idea_of(sentence.pieces[at], how)) for how in hows]
        sentence.take_span(match.start(), match.end())
        for place in range(match.start(), match.end()):
            sentence.take(place)
    after = sentence.first("A")
    if after and found and after.start() > found[-1][0] and found[-1][1].how is None:
        how = sentence.pieces[after.start()].key
        found[-1] = (found[-1][0], Idea(kind=found[-1][1].kind, key=found[-1][1].key, how=how))
        sentence.take(after.start())
    for at, idea in found:
        draft.ask(idea, at)


def _read_event_nouns(draft: Draft) -> None:
    """An event is counted where nothing else is asked for, else it keeps rows."""
    sentence = draft.sentence
    has_amount = any(idea.kind in ("quantity", "rate", "count") for idea in draft.ideas)
    has_amount = has_amount or sentence.first("E[_WL]*p[_opIX]*V") is not None
    for at in sentence.left("V"):
        how = _how_before(draft, at)
        beside = re.search("[Do_]$", sentence.shape[:at]) and sentence.shape[at - 1] == "D"
        if has_amount and not beside:
            draft.keeps.append(Keep(event=sentence.pieces[at].key, position=at))
        else:
            draft.ask(_counted(draft, at, how), at)
        sentence.take(at)


def _counted(draft: Draft, at: int, how: str | None) -> Idea:
    """How often something was, or how many rows there are that an event without a count keeps."""
    piece = draft.sentence.pieces[at]
    if piece.kind != "V" or "count" in entries("lexicon")["events"][piece.key]:
        return idea_of(piece, how)
    draft.keeps.append(Keep(event=piece.key, position=at))
    named = (each for each in ("session", "prompt", "user") if each in piece.text)
    return Idea(kind="count", key=f"{next(named, 'generation')}s", how=how)


def _how_before(draft: Draft, at: int) -> str | None:
    sentence = draft.sentence
    match = re.search("(A)[oI]?$", sentence.shape[:at])
    if not match:
        return None
    sentence.take(match.start(1))
    how = sentence.pieces[match.start(1)].key
    return None if how == "total" else how
