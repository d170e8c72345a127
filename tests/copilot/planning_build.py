"""A build's facts, written by hand: what the questions of `planning_cases.yml` are asked about."""

from datetime import datetime

from genai_session_analyzer.copilot.catalogue import Catalogue, catalogue
from genai_session_analyzer.copilot.facts import DataFacts, ValueCount
from genai_session_analyzer.copilot.plan import PlanFilter, QueryPlan, TimeRange
from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.copilot.roles import Ambiguous, Outcome, Question, Understood
from genai_session_analyzer.schema.values import (
    ART_STYLES,
    DEVICE_TYPES,
    DOMAINS,
    FEEDBACKS,
    FRICTION_BANDS,
    MOODS,
    PROMPT_LENGTH_CATEGORIES,
    REGIONS,
    STATUSES,
    USER_TIERS,
)

FIRST = datetime(2024, 1, 1, 17, 33, 44)
NEWEST = datetime(2024, 3, 14, 14, 57, 21)  # a Thursday
_PROFILE = {"user_tier": USER_TIERS, "region": REGIONS, "device_type": DEVICE_TYPES}
_ORIGINS = ("user_origin", "time_origin", "telemetry_origin", "profile_origin")
_VALUES: dict[str, dict[str, tuple[str, ...]]] = {
    "fct_generations": {
        **_PROFILE,
        **dict.fromkeys(_ORIGINS, ("simulated",)),
        "status": STATUSES,
        "model_version": ("v2.0", "v2.1", "v1.5", "v1.4"),
        "sampler": ("k_lms", "k_euler_ancestral", "ddim", "plms"),
        "feedback": FEEDBACKS,
        "dataset": ("embedded",),
        "prompt_length_category": PROMPT_LENGTH_CATEGORIES,
    },
    "fct_sessions": {**_PROFILE, "friction_band": FRICTION_BANDS},
    "dim_users": _PROFILE,
    "dim_prompts": {"prompt_length_category": PROMPT_LENGTH_CATEGORIES},
    "ftr_prompt_labels": {
        "domain": DOMAINS,
        "art_style": ART_STYLES,
        "mood": MOODS,
        "setting": ("unknown", "city", "forest", "space", "garden or field"),
        "lighting": ("unknown", "cinematic", "golden hour", "night", "soft"),
    },
    "dim_clusters": {"title": ("wolf, carrying, ice elemental", "anime, key visual, cel shaded")},
}

FACTS = DataFacts(
    build_id="2024-03-14",
    first_at=FIRST,
    newest_at=NEWEST,
    row_counts=dict.fromkeys(_VALUES, 1000),
    features=frozenset({"labels", "clusters"}),
    values={
        table: {
            column: tuple(ValueCount(value, 100 - at) for at, value in enumerate(values))
            for column, values in columns.items()
        }
        for table, columns in _VALUES.items()
    },
    simulated_share=1.0,
)


def the_catalogue() -> Catalogue:
    return catalogue(FACTS)


def ask(planner: LexiconPlanner, text: str, previous: QueryPlan | None = None) -> Outcome:
    return planner.plan(Question(text=text, previous=previous))


def in_short(outcome: Outcome) -> str:
    """An outcome in one line: the plan, `asks` with the plans to choose from, or `declines`."""
    if isinstance(outcome, Understood):
        return plan_in_short(outcome.plan)
    if isinstance(outcome, Ambiguous):
        return "asks " + " // ".join(plan_in_short(each.plan) for each in outcome.readings)
    return "out of scope" if outcome.is_out_of_scope else "declines"


def plan_in_short(plan: QueryPlan) -> str:
    measures = [
        f"{use.name}{'' if use.transform == 'value' else ' as ' + use.transform}"
        + (f" in each {use.within}" if use.within else "")
        + (f" over {use.over}" if use.over else "")
        + (f" times {use.per_many}" if use.per_many > 1 else "")
        + (f" in {use.unit}" if use.unit else "")
        + (f" of {_filters(use.only)}" if use.only else "")
        + (f" to {_filters(use.over_only)}" if use.over_only else "")
        for use in plan.measures
    ]
    parts = [
        (plan.entity, " "),
        (", ".join(measures), ""),
        (", ".join(plan.columns), "columns "),
        (", ".join((*([plan.grain] if plan.grain else []), *plan.dimensions)), "by "),
        (_filters(plan.filters), "where "),
        (_range(plan.time), "in "),
        (_range(plan.comparison), "against "),
        (
            " and ".join(
                f"{e.measure.name}{' of ' + _filters(e.measure.only) if e.measure.only else ''}"
                f" {e.operator} {'overall' if e.than_overall else f'{e.value:g}'}"
                for e in plan.having
            ),
            "having ",
        ),
        (plan.over_groups or "", "over groups "),
        (", ".join(plan.over_by), "for each "),
        (", ".join(f"{'-' if e.descending else '+'}{e.by}" for e in plan.order), "order "),
        (", ".join(f"{e.field} {e.width or list(e.edges)}" for e in plan.buckets), "ranges "),
        (str(plan.limit or ""), "first "),
        (str(plan.skip or ""), "behind "),
        (plan.limit_within or "", "in each "),
    ]
    return "; ".join(f"{lead}{text}".strip() for text, lead in parts if text)


def _filters(filters: tuple[PlanFilter, ...]) -> str:
    return " and ".join(sorted(_filter(each) for each in filters))


def _filter(each: PlanFilter) -> str:
    values = [str(value) for value in each.values]
    many = f"{values[0]} .. {values[-1]} ({len(values)})" if len(values) > 5 else ",".join(values)
    many = "its mean" if each.than_mean else each.other_field or many
    words = f"{each.field} {each.operator} {many}".strip()
    return f"none: {words}" if each.negated else words


def _range(time: TimeRange | None) -> str:
    if time is None:
        return ""
    start, end = (
        "" if at is None else at.isoformat(sep=" ", timespec="minutes").removesuffix(" 00:00")
        for at in (time.start, time.end)
    )
    return f"{start}..{end}"
