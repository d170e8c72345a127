"""What comes first: "top 5 users by cost", "which model is slowest", "sorted by latency"."""

import re
from dataclasses import replace

from genai_session_analyzer.copilot.planning.drafts import Draft, Idea, Keep, Rank
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import (
    idea_at,
    idea_named,
    idea_of,
    more_is_better,
)
from genai_session_analyzer.copilot.planning.rules.ranks.rank_subjects import (
    limit_of,
    number_at,
    number_before,
    take_subject,
    term_before,
)
from genai_session_analyzer.copilot.planning.rules.ranks.sorting import read_order
from genai_session_analyzer.copilot.planning.rules.ranks.top_and_bottom import read_top
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

TIME_RANKS = ("newest", "oldest")


def read_ranking(draft: Draft) -> None:
    """Find what ranks, its direction, how many are wanted, and of what, where nothing does yet."""
    if draft.rank:
        return
    read_order(draft)
    _read_superlative(draft)
    _read_good_or_bad(draft)
    _read_most(draft)
    read_top(draft)
    _drop_how_often(draft)


def _read_superlative(draft: Draft) -> None:
    sentence = draft.sentence
    match = sentence.first("T?(n?)(S)o?(n?)([EFV]?)")
    if not match:
        return
    at = match.start(2)
    key = sentence.pieces[at].key
    number = next((number_at(draft, match.start(n)) for n in (1, 3) if match[n]), None)
    if match[4] == "V" and sentence.pieces[match.start(4)].key == "failure":
        draft.keeps.append(Keep(event="failure", position=match.start(4)))
        sentence.replace(match.start(4), "F", "status")
    is_term = match[4] and sentence.shape[match.start(4)] in "EF"
    subject = match.start(4) if is_term else term_before(draft, match.start())
    number = number or number_before(draft, subject)
    limit = number or limit_of(draft, subject)
    if key in TIME_RANKS and re.search("H[opI]*[LvV]*E[opa]*$", sentence.shape[: match.start()]):
        draft.trouble = f"what was {sentence.pieces[at].text}"
        return
    if subject is None and key not in TIME_RANKS and _is_alone(draft) and not draft.is_follow_up:
        name, direction = key.rsplit(" ", 1)
        _as_extreme(draft, idea_named(name), direction == "descending", *match.span(2))
        return
    if key in TIME_RANKS:
        draft.rank = Rank(idea=None, descending=key == "newest", limit=limit, by_time=True)
    else:
        name, direction = key.rsplit(" ", 1)
        idea = _by_percentile(sentence, idea_named(name))
        draft.rank = Rank(idea=idea, descending=direction == "descending", limit=limit)
    sentence.take_span(match.start(), match.start(2) + 1)
    if match[3]:
        sentence.take(match.start(3))
    take_subject(draft, subject)


def _by_percentile(sentence: Sentence, idea: Idea) -> Idea:
    """`The slowest region by median latency`, "slowest model by p95": what of it ranks."""
    found = sentence.first("[BY]o?(A)[op]*(Q?)(?![EF])")
    if not found or idea.kind != "quantity" or idea.how:
        return idea
    if found[2] and sentence.pieces[found.start(2)].key != idea.key:
        return idea
    sentence.take_span(*found.span())
    return replace(idea, how=sentence.pieces[found.start(1)].key)


def _read_good_or_bad(draft: Draft) -> None:
    """`Best success rate` ranks by it, in the direction that is good."""
    sentence = draft.sentence
    match = sentence.first("(T?)(n?)(b)A?([QV])") or sentence.first(
        "()(n?)(b)n?([EF]?)(?:BI?[EF])?(?:[Bp]|Y)A?([QV])"
    )
    if not match:
        return
    at = match.end() - 1
    how = sentence.pieces[at - 1].key if sentence.shape[at - 1] == "A" else None
    idea = idea_of(sentence.pieces[at], how)
    wants_good = sentence.pieces[match.start(3)].key == "best"
    descending = wants_good == more_is_better(idea)
    if idea.key == "cost" and sentence.has("E", "users"):
        draft.trouble = f"which users are {sentence.pieces[match.start(3)].text} by what they cost"
    subject = match.start(4) if match[4] in ("E", "F") else term_before(draft, match.start())
    numbers = [at for at in range(*match.span()) if sentence.shape[at] == "n"]
    number = number_at(draft, numbers[0]) if numbers else number_before(draft, subject)
    draft.rank = Rank(idea=idea, descending=descending, limit=number or limit_of(draft, subject))
    grouped = re.search("BI?[EF](?=[BpY])", match[0])
    kept = [match.start() + at for at in range(*grouped.span())] if grouped else []
    sentence.take(*(at for at in range(*match.span()) if at not in kept))
    take_subject(draft, subject)


def _read_most(draft: Draft) -> None:
    sentence = draft.sentence
    _as_top(sentence)
    match = sentence.first("(n?)(M)(?:o?)(H?)(A?)o?L*([QVvE])") or sentence.first(
        "(n?)(M)()()([F])"
    )
    if not match or draft.rank:
        _read_trailing_most(draft)
        return
    if match[5] == "F":
        return
    at = match.start(5)
    idea = idea_at(sentence, match, how=4, number=5)
    if "share" in sentence.pieces[match.start(2)].text and idea.kind == "event":
        idea = Idea(kind="rate", key=idea.key)  # "the highest share of thumbs up"
    descending = sentence.pieces[match.start(2)].key == "descending"
    subject = term_before(draft, match.start())
    if subject is None and sentence.shape[match.end() : match.end() + 1] == "F":
        subject = match.end()
    grain = draft.tagged.times.grain
    in_one = idea.key == "generations_per_session" and " in a" in sentence.pieces[at].text
    alone = grain is None and (in_one or not sentence.first("[BW]F|BE"))
    if subject is None and alone:
        _as_extreme(draft, idea, descending, match.start(), match.end())
        return
    number = number_at(draft, match.start(1)) if match[1] else None
    number = number or number_before(draft, subject)
    draft.rank = Rank(idea=idea, descending=descending, limit=number or limit_of(draft, subject))
    sentence.take(*(n for n in range(*match.span()) if sentence.shape[n] != "L"))
    if match.start() and sentence.shape[match.start() - 1] == "B":
        sentence.take(match.start() - 1)  # "used by the most users"
    take_subject(draft, subject)


def _as_top(sentence: Sentence) -> None:
    """`The lowest 5 clusters by success rate` are the bottom 5."""
    for match in re.finditer("(M)(?=n[EF].*[BY]H?A?[QVE]|F[BY]H?A?[QVE])", sentence.shape):
        sentence.replace(match.start(), "T", sentence.pieces[match.start()].key)


def _read_trailing_most(draft: Draft) -> None:
    """`Which styles do users ask for most`: most often, of generations."""
    sentence = draft.sentence
    match = sentence.first("([QVv]?)(M)[op]*$")
    asked = re.search("(?:W|n|^)n?([EF])", sentence.shape)
    if not match or draft.rank or not asked:
        return
    subject = asked.start(1)
    number = number_before(draft, subject)
    descending = sentence.pieces[match.start(2)].key == "descending"
    named_idea = idea_of(sentence.pieces[match.start(1)]) if match[1] else None
    idea = named_idea or Idea(kind="count", key="generations")
    limit = number or limit_of(draft, subject)
    draft.rank = Rank(idea=idea, descending=descending, limit=limit)
    sentence.take_span(match.start(), match.start(2) + 1)
    take_subject(draft, subject)


def _as_extreme(draft: Draft, idea: Idea, descending: bool, start: int, end: int) -> None:
    """`The highest latency` without anything to rank is the maximum."""
    if idea.kind != "quantity" or idea.how:
        return
    how = "max" if descending else "min"
    draft.ask(Idea(kind="quantity", key=idea.key, how=how), start)
    draft.sentence.take_span(start, end)


def _drop_how_often(draft: Draft) -> None:
    """`The prompts used most, and how often`: the number that ranks is shown anyway."""
    match = draft.sentence.first("D(R)$")
    ranks_uses = draft.rank and draft.rank.idea and draft.rank.idea.key == "generations"
    if not match or not ranks_uses:
        return
    if draft.sentence.pieces[match.start(1)].text.startswith("how often"):
        draft.sentence.take_span(*match.span())


def _is_alone(draft: Draft) -> bool:
    return draft.tagged.times.grain is None and not draft.sentence.first("WF|WE")
