"""Plans in other words: the same rows counted from another table."""

from genai_session_analyzer.copilot.plan import PlanFilter, QueryPlan

OF_USERS = ("user_tier", "region", "device_type")
OF_PROMPTS = ("domain", "art_style", "mood", "prompt_length_category")
TOTALS = {"generation_count": "total_generations", "session_count": "total_sessions"}


def all_forms(plans: tuple[QueryPlan, ...]) -> tuple[QueryPlan, ...]:
    """Return plans with those that give the same answer, or are as good a reading."""
    found = list(plans)
    for plan in plans:
        found += [each for each in (_of_generations(plan), _of_prompts(plan)) if each]
    for plan in tuple(found):
        found += _of_users(plan)
    return tuple(found)


def _of_generations(plan: QueryPlan) -> QueryPlan | None:
    """Sessions counted by their generations; tokens of a prompt each time it was used."""
    own = ("friction_band", "duration_s", "generation_count")
    used = {each.field for each in plan.filters} | set(plan.dimensions)
    if plan.entity == "sessions" and plan.measures[0].name == "session_count":
        if used & set(own) or any("." in name for name in used):
            return None
        return plan.model_copy(update={"entity": "generations"})
    if plan.entity == "prompts" and plan.measures[0].name == "mean_token_count":
        return plan.model_copy(update={"entity": "generations"})
    return None


def _of_prompts(plan: QueryPlan) -> QueryPlan | None:
    """Distinct prompts of generations are prompts with such a generation."""
    if plan.entity != "generations" or plan.measures[0].name != "prompt_count" or plan.time:
        return None

    def named(name: str) -> str:
        return name if name in OF_PROMPTS or "." in name else f"generations.{name}"

    filters = tuple(each.model_copy(update={"field": named(each.field)}) for each in plan.filters)
    within = named(plan.limit_within) if plan.limit_within else None
    return plan.model_copy(
        update={
            "entity": "prompts",
            "filters": filters,
            "dimensions": tuple(named(each) for each in plan.dimensions),
            "limit_within": within,
        }
    )


def _of_users(plan: QueryPlan) -> list[QueryPlan]:
    """Users that meet a bound: counted without showing it, or as rows of users."""
    if plan.dimensions != ("user_id",) or not plan.having:
        return []
    forms = [plan.model_copy(update={"measures": ()})] if plan.over_groups == "count" else []
    bound = plan.having[0]
    column = TOTALS.get(bound.measure.name)
    if column is None or plan.time or not all(each.field in OF_USERS for each in plan.filters):
        return forms
    value = int(bound.value)
    kept = (*plan.filters, PlanFilter(field=column, operator=bound.operator, values=(value,)))
    if plan.over_groups == "count":
        return [*forms, QueryPlan.model_validate(
            {"entity": "users", "measures": ({"name": "user_count"},), "filters": kept}
        )]  # fmt: skip
    return [QueryPlan(entity="users", columns=("user_id",), filters=kept)]
