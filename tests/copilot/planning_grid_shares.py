"""Structures of questions: comparisons, shares, bounds, running totals, averages of periods."""

from collections.abc import Iterator

from planning_grid_parts import WORDS, Built, Parts, moment

from genai_session_analyzer.copilot.plan import (
    Having,
    MeasureUse,
    PlanFilter,
    QueryPlan,
    TimeRange,
)


def two_periods(parts: Parts) -> Iterator[Built]:
    if parts.time or parts.measure["of"] in ("users", "prompts"):
        return
    pair = parts.dice.choice(WORDS["period_pairs"])
    spans = [TimeRange(start=moment(a), end=moment(b)) for a, b in (pair["first"], pair["second"])]
    right = (parts.plan(time=spans[0], comparison=spans[1]),)
    noun, where, a, b = parts.noun, parts.where, pair["a"][0], pair["b"][0]
    yield f"Compare the {noun}{where} of {a} and {b}.", right, "compare"
    yield f"{noun}{where} {'in ' if a == 'February' else ''}{a} versus {b}", right, "fragment"
    yield (
        f"What was the {noun}{where} {'in ' if a == 'February' else ''}{a} compared to {b}?",
        right,
        "what is",
    )
    if a == "February":
        yield f"How did the {noun}{where} change from {b} to {a}?", right, "how did"
    name, one, _ = parts.group()
    both = (parts.plan(time=spans[0], comparison=spans[1], dimensions=(name,)),)
    yield f"Compare the {noun}{where} of {a} and {b} for each {one}.", both, "with group"


def two_values(parts: Parts) -> Iterator[Built]:
    able = [
        name
        for name in WORDS["value_pairs"]
        if name not in parts.used and parts.measure["of"] in WORDS["groups"][name]["of"]
    ]
    if parts.measure["of"] == "users" or not able:
        return
    name = parts.dice.choice(able)
    pair = parts.dice.choice(WORDS["value_pairs"][name])
    chosen = PlanFilter(field=name, values=tuple(pair["values"]))
    right = (parts.plan(dimensions=(name,), filters=(*parts.filters, chosen)),)
    noun, where, a, b = parts.noun, parts.where, pair["a"][0], pair["b"][0]
    yield f"Compare the {noun} of {a} and {b}{where}.", right, "compare"
    yield f"{noun} for {a} versus {b}{where}", right, "fragment"
    yield f"{noun} of {a} vs {b}{where}", right, "fragment"
    yield f"How does the {noun} differ between {a} and {b}{where}?", right, "how does"
    yield f"What is the difference in {noun} between {a} and {b}{where}?", right, "difference"
    yield f"What is the {noun} for {a} and for {b}{where}?", right, "what is"


def share_of_total(parts: Parts) -> Iterator[Built]:
    if parts.measure["kind"] not in ("count", "outcome") or "many" not in parts.measure:
        return
    if parts.measure["name"] in ("thumbs_up_count", "thumbs_down_count"):
        return
    name, one, _ = parts.group()
    use = MeasureUse(name=parts.measure["name"], transform="share_of_total")
    right = (parts.plan(measures=(use,), dimensions=(name,)),)
    many, where = parts.dice.choice(parts.measure["many"]), parts.many_where
    yield f"What share of the {many}{where} does each {one} account for?", right, "account for"
    yield f"What percentage of {many}{where} comes from each {one}?", right, "comes from"
    yield f"Show the distribution of {many}{where} over {one} in percent.", right, "distribution"
    yield f"share of {many} by {one}{where}, as a percentage of the total", right, "fragment"


def share_where(parts: Parts) -> Iterator[Built]:
    if not parts.is_count or not parts.filters or "prompt" in parts.measure["name"]:
        return
    head, said = parts.filters[0], parts.count_tails[0]
    if len(parts.filters) > 1:
        return
    if parts.named[0] == "band" and parts.measure["of"] == "sessions":
        return
    use = MeasureUse(name=parts.measure["name"], transform="share_where", only=(head,))
    where = f" {parts.when}" if parts.when else ""
    many = parts.dice.choice(parts.measure["many"])
    right = _share_plans(parts, use, head, ())
    clause = _clause(said, parts.named[0])
    name, one, _ = parts.group()
    each = _share_plans(parts, use, head, (name,))
    yield f"share of {many} {said}{where}", right, "fragment"
    yield f"share of {many} {said} by {one}{where}", each, "by"
    if clause:
        yield f"What share of {many} {clause}{where}?", right, "what share"
        yield f"What percentage of the {many}{where} {clause}?", right, "what share"
        yield f"For each {one}, what share of {many} {clause}{where}?", each, "for each"
    else:
        yield f"For each {one}, show the share of {many} {said}{where}.", each, "for each"


def _clause(said: str, named: str) -> str:
    """A condition as what is said of rows: "that failed" as "failed", "in Europe" as "are in"."""
    verbs = {"with": "have", "in": "are in", "on": "are on", "from": "come from"}
    word, _, rest = said.partition(" ")
    if word == "that":
        return rest
    return f"{verbs[word]} {rest}" if word in verbs and named not in ("model", "sampler") else ""


def _share_plans(
    parts: Parts, use: MeasureUse, head: PlanFilter, dims: tuple[str, ...]
) -> tuple[QueryPlan, ...]:
    plans = [parts.plan(measures=(use,), filters=(), dimensions=dims)]
    if head.field == "status":
        rate = {"success": "success_rate", "timeout": "timeout_rate"}
        name = "error_rate" if len(head.values) > 1 else rate[str(head.values[0])]
        plans.append(parts.plan(measures=(MeasureUse(name=name),), filters=(), dimensions=dims))
    return tuple(plans)


def groups_above(parts: Parts) -> Iterator[Built]:
    name, _, several = parts.group(ranked=True)
    value, text = parts.measure["bound"]
    above = parts.dice.random() < 0.6
    use = MeasureUse(name=parts.measure["name"])
    kept = Having(measure=use, operator="above" if above else "below", value=value)
    right = (parts.plan(dimensions=(name,), having=(kept,)),)
    than = parts.dice.choice(("above", "of more than", "over") if above else ("below", "under"))
    noun, where = parts.noun, parts.where
    article = "an" if noun[0] in "aeiou" else "a"
    if parts.measure["kind"] not in ("count", "outcome", "distinct"):
        yield f"Which {several} have {article} {noun} {than} {text}{where}?", right, "which"
        yield f"List the {several} with {article} {noun} {than} {text}{where}", right, "list"
        yield (
            f"{several} whose {noun}{where} is {'above' if above else 'below'} {text}",
            right,
            "whose",
        )
    else:
        many = parts.dice.choice(parts.measure["many"])
        amount = f"{'more' if above else 'fewer'} than {text} {many}"
        yield f"Which {several} have {amount}{where}?", right, "which"
        yield f"List the {several} with {amount}{where}", right, "list"
        yield f"Which {several} had {amount}{where}?", right, "which"


def running_total(parts: Parts) -> Iterator[Built]:
    if parts.measure["kind"] not in ("count", "outcome", "total") or parts.measure["of"] in (
        "users",
        "prompts",
    ):
        return
    grain = parts.dice.choice(tuple(WORDS["grains"]))
    use = MeasureUse(name=parts.measure["name"], transform="running_total")
    right = (parts.plan(measures=(use,), grain=grain),)
    noun, where = parts.noun, parts.where
    yield f"cumulative {noun} per {grain}{where}", right, "fragment"
    yield f"Show the running total of the {noun} by {grain}{where}", right, "show"
    if "many" in parts.measure:
        many = parts.dice.choice(parts.measure["many"])
        yield f"Show the cumulative number of {many} by {grain}{where}", right, "show"


def average_per_period(parts: Parts) -> Iterator[Built]:
    if parts.measure["kind"] not in ("count", "outcome", "distinct") or parts.measure["of"] in (
        "users",
        "prompts",
    ):
        return
    grain = parts.dice.choice(tuple(WORDS["grains"]))
    right = (parts.plan(grain=grain, over_groups="mean"),)
    many, where = parts.dice.choice(parts.measure["many"]), parts.where
    yield f"What is the average number of {many} per {grain}{where}?", right, "what is"
    yield f"How many {many} are there per {grain} on average{where}?", right, "how many"
    yield f"average number of {many}{where} per {grain}", right, "fragment"


def users_having(parts: Parts) -> Iterator[Built]:
    if parts.measure["name"] not in (
        "generation_count",
        "failure_count",
        "timeout_count",
        "session_count",
        "thumbs_up_count",
    ):
        return
    bound = parts.dice.choice((3, 5, 10))
    use = MeasureUse(name=parts.measure["name"])
    kept = Having(measure=use, operator="above", value=bound)
    counted = parts.plan(
        dimensions=("user_id",), having=(kept,), over_groups="count", measures=(use,)
    )
    listed = parts.plan(dimensions=("user_id",), having=(kept,))
    if "user_id" in parts.used:
        return
    many, where = parts.dice.choice(parts.measure["many"]), parts.where
    yield f"How many users have more than {bound} {many}{where}?", (counted,), "how many"
    yield f"How many users had more than {bound} {many}{where}?", (counted,), "how many"
    yield f"Which users had more than {bound} {many}{where}?", (listed,), "which"
    yield f"List the users with more than {bound} {many}{where}.", (listed,), "list"
    yield f"users who had more than {bound} {many}{where}", (listed,), "fragment"
