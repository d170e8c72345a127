"""Which numbers are asked for."""

import re
from dataclasses import replace

from genai_session_analyzer.copilot.planning.drafts import Draft, Idea, Keep
from genai_session_analyzer.copilot.planning.rules.groups.grouping import GROUPABLE
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import idea_of, key_at
from genai_session_analyzer.copilot.planning.rules.shares.shares import read_share
from genai_session_analyzer.copilot.planning.words.lexicon import entries

_COURSE = re.compile(
    r"\bhow (?:did|do|does|has|have|is|was|were)\b.*\b(?:chang|shift|mov|ris|fall)"
)
_AMOUNT = re.compile(r"\bhow much|\bhow strongly|\bhow many|\bpercent|%|\bgrowth")
_HAD = re.compile(r"\b(?:had|has|have|hit|got|experienced|saw|ran into|with)\b")


def read_measures(draft: Draft) -> None:
    """Find the numbers that are asked for, in their order."""
    _read_transform(draft)
    _read_distinct(draft)
    read_share(draft)
    _read_counted(draft)
    _read_quantities(draft)
    _read_event_nouns(draft)


def _read_transform(draft: Draft) -> None:
    sentence = draft.sentence
    for at in sentence.left("K"):
        key = sentence.pieces[at].key
        is_plain = key == "change" and (draft.tagged.times.is_trend or _is_course(draft))
        if draft.tagged.times.comparison is None and not is_plain:
            draft.transform = key  # type: ignore[assignment]
        sentence.take(at)
    if draft.transform == "moving_average_7" and draft.tagged.times.grain is None:
        draft.tagged = replace(draft.tagged, times=replace(draft.tagged.times, grain="day"))
    if draft.tagged.times.period_over_period and draft.transform == "value":
        draft.transform = "relative_change"


def _is_course(draft: Draft) -> bool:
    """`How did latency change from month to month` shows it for each month."""
    text = draft.tagged.text
    is_grouped = draft.tagged.times.grain and not draft.tagged.times.period_over_period
    return bool(is_grouped and _COURSE.search(text) and not _AMOUNT.search(text))


def _read_distinct(draft: Draft) -> None:
    sentence = draft.sentence
    for match in sentence.find("HI?o?I?([F])"):
        draft.ask(Idea(kind="distinct", key=sentence.pieces[match.start(1)].key), match.start(1))
        sentence.take_span(match.start(), match.end())
    for match in sentence.find("H[o]?I([Q])"):
        amount = sentence.pieces[match.start(1)]
        if amount.key in GROUPABLE and "_category" not in GROUPABLE[amount.key]:
            draft.ask(Idea(kind="distinct", key=GROUPABLE[amount.key]), match.start(1))
            sentence.take_span(match.start(), match.end())
        else:
            draft.trouble = f"how to count different values of '{amount.text}'"
    for match in sentence.find("(A)[oH]*I[o]?([F])"):
        field, how = (sentence.pieces[match.start(part)].key for part in (2, 1))
        draft.ask(Idea(kind="distinct", key=field, how=how), match.start(2))
        sentence.take_span(*match.span())
    for match in sentence.find("I([E])"):
        if sentence.pieces[match.start(1)].key in ("users", "prompts"):
            draft.ask(Idea(kind="count", key=sentence.pieces[match.start(1)].key), match.start(1))
            before = match.start() - 1
            sentence.take_span(match.start(), match.end())
            sentence.take(
                *(at for at in (before, before - 1) if at >= 0 and sentence.shape[at] in "Ho")
            )
        else:
            sentence.take(match.start())  # each session is another one


def _read_counted(draft: Draft) -> None:
    """`How many users`, "number of timeouts"."""
    sentence = draft.sentence
    for match in sentence.find("(A?)o?H(?:[oI]|L)*([EV])"):
        at = match.start(2)
        if "L" in match[0]:
            continue
        how = key_at(sentence, match, 1)
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
    after = sentence.first("A(?:[Do]*A)*")
    if after and found and after.start() > found[-1][0] and found[-1][1].how is None:
        at, idea = found.pop()
        said = [place for place in range(*after.span()) if sentence.shape[place] == "A"]
        found += [(at, replace(idea, how=sentence.pieces[place].key)) for place in said]
        sentence.take(*said)
    for at, idea in found:
        draft.ask(idea, at)


def _read_event_nouns(draft: Draft) -> None:
    """An event is counted where nothing else is asked for, else it keeps rows."""
    sentence = draft.sentence
    has_amount = any(idea.kind in ("quantity", "rate", "count") for idea in draft.ideas)
    has_amount = has_amount or sentence.first("E[_WL]*p[_opIX]*V") is not None
    for at in sentence.left("V"):
        how = _how_before(draft, at)
        has_amount = has_amount or _is_had(draft, at)
        beside = (
            not _is_had(draft, at)
            and re.search("[Do_]$", sentence.shape[:at])
            and sentence.shape[at - 1] == "D"
        )
        within = bool(draft.ideas) and re.search("p[op_]*$", sentence.shape[:at]) is not None
        within = within or _is_of_bounded(draft, at)
        if within or (has_amount and not beside):
            draft.keeps.append(Keep(event=sentence.pieces[at].key, position=at))
        else:
            draft.ask(_counted(draft, at, how), at)
        sentence.take(at)


def _is_of_bounded(draft: Draft, at: int) -> bool:
    """Whether "of failures" stands behind a number that ranks or bounds groups."""
    if at == 0 or draft.sentence.pieces[at - 1].kind not in "op":
        return False
    ranks = draft.rank is not None and draft.rank.idea is not None
    return ranks or any(each.position < at for each in draft.conditions)


def _counted(draft: Draft, at: int, how: str | None) -> Idea:
    """How often something was, or how many rows there are that an event without a count keeps."""
    piece = draft.sentence.pieces[at]
    if piece.kind != "V" or "count" in entries("lexicon")["events"][piece.key]:
        return idea_of(piece, how)
    draft.keeps.append(Keep(event=piece.key, position=at))
    named = (each for each in ("session", "prompt", "user") if each in piece.text)
    return Idea(kind="count", key=f"{next(named, 'generation')}s", how=how)


def _is_had(draft: Draft, at: int) -> bool:
    """`Users who joined in January and had a failure`: it happened to them, it is not counted."""
    counts = [idea.key for idea in draft.ideas if idea.kind == "count"]
    if at == 0 or not set(counts) & {"users", "sessions"}:
        return False
    before, piece = draft.sentence.pieces[at - 1], draft.sentence.pieces[at]
    between = draft.tagged.text[before.start + len(before.text) : piece.start]
    return before.kind == "D" and _HAD.search(between) is not None


def _how_before(draft: Draft, at: int) -> str | None:
    sentence = draft.sentence
    match = re.search("(A)[oI]?$", sentence.shape[:at])
    if not match:
        return None
    sentence.take(match.start(1))
    how = sentence.pieces[match.start(1)].key
    return None if how == "total" else how
