"""Words of shares and of volume, put right before the rules read them."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.rules.shares.ranking_shares import settle_ranked_shares
from genai_session_analyzer.copilot.planning.rules.shares.shares_within import settle_shares_within
from genai_session_analyzer.copilot.planning.rules.shares.times_as_parts import (
    happens_before,
    happens_then,
)
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_VOLUME = ("volume", "traffic", "load")
_PART_OF = re.compile("(?:share|percentage|fraction|proportion|part|portion|percent) of ")
_ORIGINS = ("caused", "caused by", "due to", "because of", "because")


def settle_shares(draft: Draft) -> None:
    """Read "over" before a field as "by", "traffic" as requests, and mixes of one group."""
    sentence = draft.sentence
    settle_ranked_shares(draft)
    for match in re.finditer("C(?=I?F)", sentence.shape):
        if sentence.pieces[match.start()].text in ("over", "over the"):
            sentence.replace(match.start(), "B", "by")
    for match in re.finditer("H(?!o?[IAL]*[EVQFvn])", sentence.shape):
        if sentence.pieces[match.start()].text in _VOLUME:
            sentence.replace(match.start(), "E", "generations")
    for at in reversed(range(len(sentence.pieces))):
        if sentence.shape[at] == "!" and is_origin(sentence, at):
            sentence.replace(at, "p", "in")
            if sentence.shape[at + 1] == "B":
                sentence.drop(at + 1)  # "caused by failed requests"
            if not sentence.has("R"):
                _drop_failure(sentence, at)
    for match in re.finditer("(?<=A)G(?=o?A)", sentence.shape):
        sentence.replace(match.start(), "D", "and")  # "mean versus median latency"
    _drop_break_down(draft)
    _settle_lost_part(sentence)
    _settle_mix(draft)
    settle_shares_within(draft)
    _doubt_parts(draft)


def _drop_break_down(draft: Draft) -> None:
    """`Break requests down by month`: nothing broke."""
    if not re.search(r"\b(?:break|broken|split)\b.*\bdown\b", draft.tagged.text):
        return
    for at in reversed(range(len(draft.sentence.pieces))):
        if draft.sentence.pieces[at].text in ("break", "broken", "split", "down"):
            draft.sentence.drop(at)


_PARTS_OF_COST = {"failure_cost": "failure_cost_share", "wasted_cost": "wasted_cost_share"}


def _settle_lost_part(sentence: Sentence) -> None:
    """`Wasted credits as a share of all credits` has a name."""
    match = sentence.first("(Q)[op]*(R)[opA]*(Q)")
    if not match:
        return
    part, whole = (sentence.pieces[match.start(at)].key for at in (1, 3))
    if part in _PARTS_OF_COST and whole == "cost":
        sentence.replace(match.start(1), "Q", _PARTS_OF_COST[part])
        for at in range(match.end() - 1, match.start(), -1):
            sentence.drop(at)


_EVENT_OF = {"thumbs_up_share": "thumbs_up", "success_rate": "success", "error_rate": "failure",
             "high_friction_share": "high_friction", "churn_rate": "churned"}  # fmt: skip
_OF_SESSIONS = ("high_friction_share", "churn_rate")
_NOT_DONE = re.compile(r"\b(?:no|non)[ -][a-z]+ (?:rate|share|ratio|percentage)\b")


def _doubt_parts(draft: Draft) -> None:
    """`Share of likes that came from mobile` is a part of the likes, not their rate on mobile."""
    sentence, clock = draft.sentence, draft.tagged.times.clock_at
    if _NOT_DONE.search(draft.tagged.text):
        draft.trouble = "the rate of what did not happen"
    for at in sentence.left("Q"):
        rate = sentence.pieces[at]
        if not _PART_OF.match(rate.text):
            continue
        end = rate.start + len(rate.text)
        value = re.compile("[op]+(L)").match(sentence.shape, at + 1)
        places = [sentence.pieces[value.start(1)].start] if value else []
        places += [clock] if clock else []
        happened = re.compile("[opa]*v").match(sentence.shape, at + 1)
        if happened and rate.key in _OF_SESSIONS:
            pass  # "share of high friction sessions that churned"
        elif not (happens_then(draft) or any(happens_before(draft, end, each) for each in places)):
            continue
        if rate.key not in _EVENT_OF:
            draft.trouble = f"a share of what: '{rate.text}' is a number of its own"
            return
        sentence.replace(at, "R", "share")
        sentence.insert_after(at, "V", _EVENT_OF[rate.key])
        return


def is_origin(sentence: Sentence, at: int) -> bool:
    """Return whether "caused by" or "due to" says whose part of a share is asked for."""
    if sentence.pieces[at].text not in _ORIGINS:
        return False
    if not sentence.has("R"):
        return _is_kind_of_failure(sentence, at)
    return re.match("[opB]*F?[LVv]", sentence.shape[at + 1 :]) is not None


def _is_kind_of_failure(sentence: Sentence, at: int) -> bool:
    """`Failures due to timeouts` names their status, not what brought them about."""
    before = re.search("([vV])[op]*$", sentence.shape[:at])
    after = re.fullmatch("[opB]*([Vv]).*", sentence.shape[at + 1 :])
    if not before or not after:
        return False
    whole = sentence.pieces[before.start(1)].key
    return whole == "failure" and sentence.pieces[at + 1 + after.start(1)].key in _KINDS


_KINDS = ("timeout", "safety_violation", "rate_limited", "model_error")


def _drop_failure(sentence: Sentence, at: int) -> None:
    """`Failures due to timeouts` are the timeouts."""
    failure = re.search("([vV])[op]*$", sentence.shape[:at])
    for place in reversed(range(failure.start(1) if failure else at, at + 1)):
        sentence.drop(place)


def _settle_mix(draft: Draft) -> None:
    """`Device mix per tier in percent`: the parts of each tier."""
    sentence = draft.sentence
    match = sentence.first("(F)B+I?(F)[op]*R")
    if not match or sentence.first("[QVvL]"):
        return
    first, second = (sentence.pieces[match.start(at)].key for at in (1, 2))
    draft.groups += [second, first]
    draft.share_within = second
    sentence.take_span(match.start(), match.end() - 1)
