"""Shares: "what part of the cost", "percentage of sessions that churned", "tier mix in percent"."""

import re

from genai_session_analyzer.copilot.planning.drafts import NO_PLACE, Draft, Idea, Keep
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import idea_of
from genai_session_analyzer.copilot.planning.rules.shares.shares_of_each import (
    read_share_of_each,
    read_share_of_groups,
)
from genai_session_analyzer.copilot.planning.rules.shares.times_as_parts import (
    clock_belongs,
    happens_before,
    take_time_part,
)
from genai_session_analyzer.copilot.planning.rules.shares.wholes import AMONG, base_of, whole_among
from genai_session_analyzer.copilot.planning.words.lexicon import entries
from genai_session_analyzer.copilot.planning.words.pieces import Piece

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
_OWNERS = {"high_friction": "sessions", "reused": "prompts", "shared_prompt": "prompts"}
"""What those rows are, where they are no generations."""


def read_share(draft: Draft) -> None:
    """A share is an event's rate, a part of a total, or each group's part of the total."""
    sentence = draft.sentence
    match = sentence.first("A?(R)[op]?H?(A?)o?L*(?:E(?=E))?([EQ]?)")
    if not match:
        return
    base = base_of(draft, match)
    if read_share_of_groups(draft) or read_share_of_each(draft, match, base):
        return
    if (base is None or base.kind == "E") and _is_rate_already(draft, match.end()):
        _take_but_values(draft, match)
        return
    draft.share_at = match.start(1)
    take_time_part(draft)
    base = whole_among(draft, match.end()) or base
    _take_but_values(draft, match)
    events = sentence.left("Vv")
    if events and _is_part_of_event(draft, match, events):
        draft.ask(idea_of(sentence.pieces[events[0]]), events[0])
        draft.has_share = True
        sentence.take(events[0])
        return
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


def _is_part_of_event(draft: Draft, match: re.Match[str], events: list[int]) -> bool:
    """`What percentage of downloads came from pro users` is a part of the downloads."""
    sentence = draft.sentence
    if len(events) != 1 or sentence.pieces[events[0]].kind != "V":
        return False
    comes_first = re.fullmatch("[op]+[aA]?", sentence.shape[: events[0]])
    is_named = events[0] == match.end() or comes_first
    if not is_named or "count" not in entries("lexicon")["events"][sentence.pieces[events[0]].key]:
        return False
    values = [at for at in sentence.left("L") if at > events[0]]
    at = draft.tagged.times.clock_at
    is_grouped = draft.group_at < NO_PLACE
    if draft.time_part or (at is None and (not values or is_grouped)):
        return draft.time_part is not None
    if not values or (at and happens_before(draft, sentence.pieces[events[0]].start, at)):
        return clock_belongs(draft)
    if comes_first and events[0] < match.start():
        sentence.take_span(0, events[0])
        return True
    event, value = sentence.pieces[events[0]], sentence.pieces[values[0]]
    return happens_before(draft, event.start + len(event.text), value.start, "from")


def _take_but_values(draft: Draft, match: re.Match[str]) -> None:
    """`Share of pro generations`: the value is read with the others."""
    sentence = draft.sentence
    sentence.take(*(at for at in range(*match.span()) if sentence.shape[at] != "L"))


def _is_rate_already(draft: Draft, after: int) -> bool:
    """`Share of sessions that churn`: the rate has a name."""
    amounts = [at for at in draft.sentence.left("Q") if at >= after]
    key = draft.sentence.pieces[amounts[0]].key if len(amounts) == 1 else ""
    return key.endswith(("_rate", "_share"))


def _is_called_rate(draft: Draft) -> bool:
    """Whether the share was called a rate or a likelihood, which is of all rows."""
    words = ("rate", "often", "likel", "chance", "probab", "frequent")
    texts = [piece.text for piece in draft.sentence.pieces if piece.kind == "R"]
    return any(word in text for text in texts for word in words)


def _rate_is_of(event: str, counted: str | None) -> bool:
    """`Share of generations in high friction sessions` is no rate of sessions.

    Nor is "share of sessions with a failure" one of generations.
    """
    if event in STATUS_EVENTS and counted not in (None, "generations"):
        return False
    owner = _OWNERS.get(event)
    is_of_others = owner is not None and counted not in (None, owner)
    return counted != "users" and not is_of_others


def _whole_first(draft: Draft, events: list[int]) -> list[int]:
    """`Thumbs up among those rated`, "timeouts as a share of failures": the whole is behind."""
    pieces = draft.sentence.pieces
    kinds = "".join(piece.kind for piece in pieces)

    def is_whole(at: int) -> bool:
        share = re.search("p?(R)[opA]*$", kinds[:at])
        if share and pieces[share.start()].text.split()[0] in ("as", "relative"):
            return True
        before = re.search("(p)[op]*$", draft.sentence.shape[:at])
        return before is not None and draft.sentence.pieces[before.start(1)].text in AMONG

    return sorted(events, key=lambda at: not is_whole(at))


def _share_of_event(draft: Draft, events: list[int], whole: Piece | None) -> None:
    """`Share of requests that failed` is a rate; "of cost lost to failures" a part of the cost."""
    sentence = draft.sentence
    base = whole.key if whole and whole.kind == "E" and whole.text not in IMAGES else None
    if base == "users" and _is_called_rate(draft):
        base = None  # "how often do people ..."
    events = _whole_first(draft, events)
    part = sentence.pieces[events[-1]].key
    for at in events[:-1]:
        draft.keeps.append(Keep(event=sentence.pieces[at].key, position=at))
    sentence.take(*events)
    if _is_part_of_whole(draft, part, events[-1], whole):
        draft.has_share = True
        return
    is_alone = len(events) == 1 and draft.group_at < NO_PLACE and whole is None
    if is_alone and not _is_called_rate(draft):
        draft.trouble = "a share of what: of all rows, or of the events"
        return
    others = {sentence.pieces[at].key for at in events[:-1]}
    if _has_rate(part, others, base):
        draft.ask(Idea(kind="rate", key=part), events[-1])
        return
    if part == "success" and base == "sessions":
        draft.trouble = "whether one or all of a session's generations are to succeed"
    draft.keeps.append(Keep(event=part, position=events[-1], is_part=True))
    draft.ask(Idea(kind="count", key=base or "generations"), events[-1])
    draft.has_share = True


def _is_part_of_whole(draft: Draft, part: str, at: int, whole: Piece | None) -> bool:
    """Ask for the whole where it is an amount, or where failures are shared out by status.

    Returns:
        Whether it was such a share.
    """
    if whole and whole.kind == "Q" and whole.key != "images":
        draft.keeps.append(Keep(event=part, position=at, is_part=True))
        draft.ask(idea_of(whole), at)
        return True
    of_generations = whole is None or (whole.key == "generations" and whole.text not in IMAGES)
    if of_generations and part == "failure" and draft.sentence.has("F", "status"):
        draft.keeps.append(Keep(event=part, position=NO_PLACE))  # the kinds of failure
        draft.ask(Idea(kind="count", key="generations"), at)
        return True
    failing = any(keep.event == "failure" for keep in draft.keeps)
    if part == "failure" and failing and "status" in draft.groups and whole is None:
        draft.ask(Idea(kind="count", key="generations"), at)
        return True  # "for each failing status, its share of all failures"
    return False


def _has_rate(event: str, others: set[str], counted: str | None) -> bool:
    """Whether the share is the event's own rate, of all rows but those of the other events."""
    is_own = not others or (event in OWN_RATES and not others & set(STATUS_EVENTS))
    is_of_all = event in OWN_RATES or counted is None
    has_rate = "rate" in entries("lexicon")["events"][event]
    return has_rate and is_own and is_of_all and _rate_is_of(event, counted)
