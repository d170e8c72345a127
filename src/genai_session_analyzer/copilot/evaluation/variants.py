"""Named ways of answering that are held beside each other."""

from collections.abc import Callable, Mapping
from functools import partial

from genai_session_analyzer.copilot.answering.opening import CopilotPlaces, open_copilot
from genai_session_analyzer.copilot.evaluation.answerers import Answerer
from genai_session_analyzer.copilot.evaluation.copilot_answerer import CopilotAnswerer
from genai_session_analyzer.copilot.evaluation.materials import Materials
from genai_session_analyzer.copilot.evaluation.planner_answerer import PlannerAnswerer
from genai_session_analyzer.copilot.evaluation.sql_answerer import SqlAnswerer
from genai_session_analyzer.copilot.model_planning.model_planner import ModelPlanner, PlanWords
from genai_session_analyzer.copilot.model_planning.model_sql import ModelSql, SqlEffort
from genai_session_analyzer.copilot.model_planning.sql_prompt import SqlWords
from genai_session_analyzer.copilot.model_planning.term_ranking import TermRanking
from genai_session_analyzer.copilot.model_planning.value_finder import ValueFinder
from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.errors import UnknownNameError

_EXAMPLES = 3


def _lexicon(materials: Materials) -> Answerer:
    planner = LexiconPlanner(materials.catalogue, materials.facts, materials.encoder)
    return PlannerAnswerer(planner, materials.catalogue)


def _model(materials: Materials) -> Answerer:
    words = PlanWords(
        catalogue=materials.catalogue,
        facts=materials.facts,
        ranking=TermRanking(materials.catalogue, materials.encoder),
        values=ValueFinder(materials.catalogue, materials.facts),
        examples=materials.examples,
    )
    return PlannerAnswerer(ModelPlanner(materials.needed_model(), words), materials.catalogue)


def _both(materials: Materials) -> Answerer:
    places = CopilotPlaces(models=materials.models)
    name = "copilot" if materials.model is None else f"copilot with {materials.model.name}"
    return CopilotAnswerer(open_copilot(materials.source, materials.model, places), name)


def _sql(
    materials: Materials, name: str, *, glossary: bool, examples: int = 0, repairs: int = 0
) -> Answerer:
    """SQL without a plan: the bare schema, or with meanings and glossary, examples, a repair."""
    words = SqlWords(
        catalogue=materials.catalogue,
        facts=materials.facts,
        examples=materials.examples,
        has_comments=glossary,
        has_glossary=glossary,
        example_count=examples,
    )
    writer = ModelSql(materials.needed_model(), words, SqlEffort(repairs=repairs))
    return SqlAnswerer(writer, materials.runner, name)


VARIANTS: Mapping[str, Callable[[Materials], Answerer]] = {
    "lexicon": _lexicon,
    "sql_raw_schema": partial(_sql, name="sql_raw_schema", glossary=False),
    "sql_glossary": partial(_sql, name="sql_glossary", glossary=True),
    "sql_examples": partial(_sql, name="sql_examples", glossary=True, examples=_EXAMPLES),
    "sql_repair": partial(_sql, name="sql_repair", glossary=True, examples=_EXAMPLES, repairs=1),
    "model": _model,
    "both": _both,
}
"""How each answerer is made, by name; the order is that of the ablation."""
WITHOUT_MODEL = ("lexicon",)


def answerer_of(variant: str, materials: Materials) -> Answerer:
    """Return an answerer by name.

    Raises:
        UnknownNameError: There is none of that name.
        ModelError: It needs a language model.
        NoBuildError: There is no build.
    """
    if variant not in VARIANTS:
        raise UnknownNameError("way of answering", variant, VARIANTS)
    return VARIANTS[variant](materials)
