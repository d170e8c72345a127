"""What changed between two times: "grew by how many percent", "which region improved most"."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft, Idea, Rank
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import (
    idea_of,
    more_is_better,
)
from genai_session_analyzer.copilot.planning.rules.ranks.rank_subjects import (
    limit_of,
    number_before,
    take_subject,
    term_before,
)
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_UP = re.compile(r"\b(?:increas\w*|r[io]se\w*|grow\w*|grew|up|gain\w*|climb\w*|jump\w*|surge\w*)\b")
_DOWN = re.compile(
    r"\b(?:decreas\w*|declin\w*|drop\w*|f[ae]ll\w*|down|shr[aiu]nk\w*|reduc\w*|dip\w*|s[ai]nk)\b"
)
_PERCENT = re.compile(
    r"\b(?:percent|per cent|percentage|pct|relative(?:ly)?|rates? of (?:growth|change|increase"
    r"|decrease|decline)|growth rate)\b|%"
)
_RANKED = (
    r"(?P<most>M)[opa]*(?P<what>K)",
    r"(?P<what>K)[opa]*(?P<most>M)",
    r"(?P<top>T?)(?P<n>n?)(?P<subject>[EF])[opa]*(?P<by>[BY])(?P<what>K)",
    r"(?P<fast>S)(?P<what>K)",
    r"(?P<what>K)(?P<fast>S)",
)
_FAST = ("fastest", "quickest")
_JUDGED = ("improved", "worsened")
_IMPLIED = {"longer": "how_long", "shorter": "how_long", "slower": "latency", "faster": "latency",
            "quicker": "latency"}  # fmt: skip


def read_period_change(draft: Draft) -> None:
    """Find what is asked of the change between two times: its part in percent, or the largest."""
    sentence = draft.sentence
    if draft.tagged.times.comparison or draft.tagged.times.is_split:
        _ask_compared(draft)
    if draft.tagged.times.comparison is None or not sentence.has("K"):
        return
    text = " ".join(piece.text for piece in sentence.pieces)
    ranked = next(filter(None, map(sentence.first, _RANKED)), None)
    is_relative = _PERCENT.search(text) is not None
    is_relative = is_relative or (ranked is not None and sentence.has("K", "relative_change"))
    if ranked:
        _rank(draft, ranked)
    is_alone = any(piece.kind == "K" and "absolute" in piece.text for piece in sentence.pieces)
    if is_relative or ranked or is_alone:
        draft.transform = "relative_change" if is_relative else "change"
    if is_relative:
        sentence.take(*(at for at in sentence.left("H") if sentence.pieces[at].key == "much"))
        for match in sentence.find("B?(R)o?"):
            sentence.take_span(*match.span())


def _ask_compared(draft: Draft) -> None:
    """`Did sessions get longer in March than in May`: the number is in the comparative."""
    sentence = draft.sentence
    for at in sentence.left("xh"):
        piece = sentence.pieces[at]
        word = piece.text.split()[0]
        if sentence.first("[QVR]") or word in ("more", "less"):
            continue
        key = _IMPLIED.get(word)
        if key is None:
            draft.trouble = f"what is {piece.text}"
            continue
        if key == "how_long":
            of_prompts = sentence.has("E", "prompts")
            key = "prompt_length" if of_prompts else "latency"
            key = "duration" if sentence.has("E", "sessions") else key
        draft.ask(Idea(kind="quantity", key=key), at)
        sentence.take(at, *sentence.left("E"))


def _rank(draft: Draft, match: re.Match[str]) -> None:
    sentence, parts = draft.sentence, match.groupdict()
    what = sentence.pieces[match.start("what")]
    goes_up = _goes_up(draft, what.key, what.text)
    if goes_up is None:
        draft.trouble = f"whether '{what.text}' is up or down"
        return
    ranks = next((name for name in ("most", "top") if parts.get(name)), None)
    is_most = ranks is None or sentence.pieces[match.start(ranks)].key == "descending"
    if parts.get("fast") and sentence.pieces[match.start("fast")].text not in _FAST:
        draft.trouble = f"what '{sentence.pieces[match.start('fast')].text}' is about"
        return
    sentence.take(*_quantity_words(sentence, match.end()))
    subject = match.start("subject") if parts.get("subject") else term_before(draft, match.start())
    subject = _after(draft, match.end()) if subject is None else subject
    if subject is None:
        draft.trouble = "what is to be ranked"
        return
    number = int(sentence.pieces[match.start("n")].number) if parts.get("n") else None
    limit = number or number_before(draft, subject) or limit_of(draft, subject)
    shows_all = parts.get("subject") and not parts.get("top") and not number
    draft.rank = Rank(idea=None, descending=goes_up == is_most, limit=None if shows_all else limit)
    sentence.take(*(at for at in range(*match.span()) if sentence.shape[at] not in "oEF"))
    if subject and sentence.shape[subject - 1] == "B":
        sentence.take(subject - 1)
    take_subject(draft, subject)


def _quantity_words(sentence: Sentence, after: int) -> list[int]:
    """`The most improved model by error rate`: "by" names what changed."""
    found = [m.start() for m in re.finditer("[BY](?=H?o?A?[QV]|E$)", sentence.shape)]
    return [at for at in found if at >= after]


def _after(draft: Draft, at: int) -> int | None:
    """The group behind: "the most improved model", "the biggest drop in latency by region"."""
    shape = draft.sentence.shape
    found = re.compile("[opa]*([EF])").match(shape, at) or re.compile("B([EF])").search(shape, at)
    return found.start(1) if found else None


def _goes_up(draft: Draft, key: str, text: str) -> bool | None:
    """Whether most of it is the largest change; None where that cannot be told."""
    if key in _JUDGED:
        named = [piece for piece in draft.sentence.pieces if piece.kind in "QVv"]
        if not named:
            return None
        return more_is_better(idea_of(named[0])) == (key == "improved")
    if _DOWN.search(text):
        return False
    return True if _UP.search(text) else None
