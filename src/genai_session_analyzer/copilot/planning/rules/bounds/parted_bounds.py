"""Bounds that stand apart from their number: "regions whose latency on mobile is above 5 s"."""

import re

from genai_session_analyzer.copilot.planning.drafts import Condition, Draft
from genai_session_analyzer.copilot.planning.rules.bounds.bound import OPERATORS, in_data_unit
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import idea_of, key_at
from genai_session_analyzer.copilot.planning.rules.ranks.extreme_rows import PER
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_PARTED = "([AH]?)o?([Q])((?:[opLFEXDvV_WBIa]|CnU?Q?)*)(C)(n)(U?)"
_WHOSE = re.compile(r"\b(?:whose|where|for which|in which|of which)\b")
_IS = re.compile(r"\b(?:is|was|are|were|lies|stays|exceeds)\W*$")


def join_bounded(sentence: Sentence) -> None:
    """Read "an average cost per session above 5" as a bound on the one number that is."""
    found = re.finditer("(A?)o?(Q)(B)(E)(?=(?:[opLFXEDvV]|CnU?Q?)*C)", sentence.shape)
    for match in reversed(list(found)):
        how, what, per, whom = (match.start(part) for part in range(1, 5))
        name = PER.get((sentence.pieces[what].key, sentence.pieces[whom].key))
        is_mean = not match[1] or sentence.pieces[how].key == "mean"
        if name and is_mean and sentence.pieces[per].key == "per":
            sentence.replace(what, "Q", f"measure {name}")
            for at in (whom, per, *([how] if match[1] else [])):
                sentence.drop(at)


def doubt_nested(draft: Draft) -> None:
    """`More than 5 sessions with at least 10 generations`: in each of them, or in all."""
    nested = draft.sentence.first("CnEpCn(E)")
    if nested and draft.sentence.pieces[nested.start() + 2].key == "sessions":
        draft.trouble = "whether each of the sessions has that many, or all of them together"


def settle_credit_units(sentence: Sentence) -> None:
    """Read the credits of "a wasted cost above 100 credits" as a unit, not as a second amount."""
    for match in re.finditer("Q(?:[BEopLFXDvV]|CnU?Q)*Cn(Q)", sentence.shape):
        if sentence.pieces[match.start(1)].text in ("credit", "credits"):
            sentence.replace(match.start(1), "U", "credits")


def read_parted_bounds(draft: Draft) -> None:
    """Read the bound of a number that conditions stand behind; they are read with the others."""
    sentence, text = draft.sentence, draft.tagged.text
    whose = _WHOSE.search(text)
    for match in sentence.find(_PARTED):
        amount, compare = (sentence.pieces[match.start(part)] for part in (2, 4))
        is_clause = whose is not None and whose.start() <= amount.start
        operator = OPERATORS.get(compare.key)
        if not is_clause or operator in (None, "in") or not _IS.search(text[: compare.start]):
            continue
        how = key_at(sentence, match, 1) if match[1] == "A" else None
        idea = idea_of(amount, how)
        unit = key_at(sentence, match, 6)
        number = in_data_unit(sentence.pieces[match.start(5)].number, unit, idea)
        draft.conditions.append(
            Condition(idea=idea, operator=operator, number=number, of_group=True,
                      position=match.start())
        )  # fmt: skip
        taken = [*range(*match.span(1)), match.start(2), *range(match.start(4), match.end())]
        of_rows = re.match("BE", match[3])
        if of_rows and sentence.pieces[match.start(3) + 1].key == "generations":
            taken += [match.start(3), match.start(3) + 1]
        sentence.take(*taken)
