"""Whether a plan accounts for every word of its question, and the question for the whole plan."""

from collections.abc import Iterator
from dataclasses import dataclass

from genai_session_analyzer.copilot.catalogue import Catalogue, FieldTerm, MeasureTerm
from genai_session_analyzer.copilot.model_planning.cues import CUE_TEXT, Cue
from genai_session_analyzer.copilot.model_planning.previous_plan import all_filters, numbers_of
from genai_session_analyzer.copilot.model_planning.question_words import (
    content_stems,
    numbers_in,
    stems,
)
from genai_session_analyzer.copilot.model_planning.term_ranking import with_relatives
from genai_session_analyzer.copilot.plan import QueryPlan


@dataclass(frozen=True, kw_only=True)
class Account:
    """What of a question and its plan belongs together.

    Attributes:
        unexplained: Stems of the question's words that no part of the plan is about.
        missing_numbers: Numbers of the question that the plan does not use.
        unasked: Parts of the plan that no word of the question is about.
        words: How many words of meaning the question has.
    """

    unexplained: tuple[str, ...]
    missing_numbers: tuple[float, ...]
    unasked: tuple[str, ...]
    words: int

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left over on either side."""
        return not (self.unexplained or self.missing_numbers or self.unasked)

    @property
    def share(self) -> float:
        """0-1: what is accounted for, of the question's words and the parts that go astray."""
        astray = len(self.unexplained) + len(self.missing_numbers) + len(self.unasked)
        return max(0.0, 1.0 - astray / max(1, self.words + len(self.unasked)))


def account(question: str, plan: QueryPlan, catalogue: Catalogue) -> Account:
    """Return what is left over on both sides.

    Args:
        question: The words, those about time blanked out.
        plan: What it was understood as.
        catalogue: The words of the plan's terms.
    """
    asked = content_stems(question)
    parts = dict(_parts(plan, catalogue))
    explained = frozenset().union(*parts.values()) | _cue_words(question, plan)
    explained |= _words_of_entity(plan, catalogue)
    evidence = with_relatives(asked)
    return Account(
        unexplained=tuple(
            word
            for word in asked
            if not word[0].isdigit() and not explained & with_relatives((word,))
        ),
        missing_numbers=tuple(set(numbers_in(question)) - set(numbers_of(plan))),
        unasked=tuple(name for name, words in parts.items() if not words & evidence),
        words=len(asked),
    )


def _parts(plan: QueryPlan, catalogue: Catalogue) -> Iterator[tuple[str, frozenset[str]]]:
    """Each part that needs a reason in the question, with the words that would be one."""
    count = catalogue.entity(plan.entity).count_measure
    for each in (*plan.measures, *(having.measure for having in plan.having)):
        words = _words(each.name, catalogue.measure(plan.entity, each.name))
        yield each.name, words | (_everyday(catalogue, plan) if each.name == count else frozenset())
    for name in (*plan.dimensions, *plan.columns):
        yield name, _words(name, catalogue.field(plan.entity, name))
    for filtered in all_filters(plan):
        values = [str(each) for each in filtered.values if isinstance(each, str)]
        words = frozenset(stems(" ".join(values)))
        if not values or len(values) > 1:
            words |= _words(filtered.field, catalogue.field(plan.entity, filtered.field))
        yield f"{filtered.field} {' '.join(values)}", words


def _words(name: str, term: MeasureTerm | FieldTerm) -> frozenset[str]:
    text = " ".join((name.replace(".", " "), *term.synonyms, term.description))
    return with_relatives(content_stems(text))


def _everyday(catalogue: Catalogue, plan: QueryPlan) -> frozenset[str]:
    """A count needs no word of its own: "by region" counts too."""
    return frozenset(stems("how many number count volume busy popular common")) | frozenset(
        content_stems(" ".join(catalogue.entity(plan.entity).row_word))
    )


def _words_of_entity(plan: QueryPlan, catalogue: Catalogue) -> frozenset[str]:
    words = (*catalogue.entity(plan.entity).row_word, "image", "picture", "request", "data")
    return frozenset(stems(" ".join(words)))


def _cue_words(question: str, plan: QueryPlan) -> frozenset[str]:
    used: dict[Cue, object] = {
        "share": any(each.transform.startswith("share") for each in plan.measures)
        or any(each.name.endswith(("_rate", "_share")) for each in plan.measures),
        "running": any(each.transform == "running_total" for each in plan.measures),
        "moving": any(each.transform == "moving_average_7" for each in plan.measures),
        "change": plan.comparison
        or any(each.transform.endswith("change") for each in plan.measures),
        "rank": plan.order or plan.limit,
        "threshold": plan.having or any(each.operator not in ("in",) for each in all_filters(plan)),
        "reduce": plan.over_groups or any(each.name.endswith("_count") for each in plan.measures),
        "period": plan.grain,
        "list": True,
        "unknown": any(each.operator.startswith("is_") for each in all_filters(plan)),
        "negation": any(each.operator == "not_in" or each.negated for each in all_filters(plan)),
    }
    text = question.casefold()
    found = (match[0] for cue, is_used in used.items() if is_used
             for match in CUE_TEXT[cue].finditer(text))  # fmt: skip
    return frozenset(stems(" ".join(found)))
