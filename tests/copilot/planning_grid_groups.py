"""Structures of questions: a number, groups, ranks of groups, periods."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from planning_grid_parts import NUMBERS, WORDS, Built, Parts

from genai_session_analyzer.copilot.plan import Order, QueryPlan


def one_number(parts: Parts) -> Iterator[Built]:
    right = (parts.plan(),)
    noun, where = parts.noun, parts.where
    yield f"What is the {noun}{where}?", right, "what is"
    yield f"What was the {noun}{where}?", right, "what is"
    yield f"Show me the {noun}{where}", right, "show"
    yield f"Give me the {noun}{where}.", right, "give"
    yield f"{noun}{where}", right, "fragment"
    if parts.when.startswith(("in J", "in F", "last", "since", "on ")):
        bare = replace(parts, when="")
        yield f"{parts.when}, what was the {noun}{bare.where}?", right, "time first"
    if "many" in parts.measure:
        many = parts.dice.choice(parts.measure["many"])
        if parts.is_count:
            yield f"How many {many} were there{parts.many_where}?", right, "how many"
        yield f"How many {many} do we have{parts.where}?", right, "how many"
        yield f"How many {many} were there{parts.where}?", right, "how many"


def per_group(parts: Parts) -> Iterator[Built]:
    name, one, several = parts.group()
    right = (parts.plan(dimensions=(name,)),)
    noun, where = parts.noun, parts.where
    yield f"Show the {noun} by {one}{where}", right, "show by"
    yield f"{noun} per {one}{where}", right, "fragment"
    yield f"{noun}{where} by {one}", right, "fragment"
    yield f"What is the {noun} for each {one}{where}?", right, "what is"
    yield f"What is the {noun}{where} for each {one}?", right, "what is"
    yield f"For each {one}, show the {noun}{where}.", right, "for each"
    yield f"Break down the {noun}{where} by {one}.", right, "break down"
    yield f"List the {several} with their {noun}{where}.", right, "list"
    if "many" in parts.measure:
        many = parts.dice.choice(parts.measure["many"])
        yield f"How many {many} were there per {one}{where}?", right, "how many"


def two_groups(parts: Parts) -> Iterator[Built]:
    first, one, _ = parts.group()
    second, other, _ = parts.group(first)
    right = (parts.plan(dimensions=(first, second)), parts.plan(dimensions=(second, first)))
    noun, where = parts.noun, parts.where
    yield f"Show the {noun} by {one} and {other}{where}", right, "show by"
    yield f"{noun} per {one} and {other}{where}", right, "fragment"
    yield f"What is the {noun}{where} for each {one} and {other}?", right, "what is"
    yield f"{noun}{where} for each combination of {one} and {other}", right, "fragment"


def _ranked(parts: Parts, name: str, limit: int, *, high: bool, **more: Any) -> QueryPlan:
    order = (Order(by=parts.measure["name"], descending=high),)
    return parts.plan(dimensions=(name,), order=order, limit=limit, **more)


def _superlative(parts: Parts, *, high: bool) -> str:
    """`the highest error rate`, `the most generations`."""
    if parts.measure["kind"] in ("count", "outcome", "distinct") and parts.dice.random() < 0.7:
        return f"the {'most' if high else 'fewest'} {parts.dice.choice(parts.measure['many'])}"
    if parts.measure["kind"] == "extreme":
        return f"the {'highest' if high else 'lowest'} maximum latency"
    return f"the {'highest' if high else 'lowest'} {parts.noun}"


def top_groups(parts: Parts) -> Iterator[Built]:
    name, _, several = parts.group(ranked=True)
    count = parts.dice.choice((2, 3, 5))
    number = parts.dice.choice((str(count), NUMBERS[count]))
    high = parts.dice.random() < 0.65
    right = (_ranked(parts, name, count, high=high),)
    most, where = _superlative(parts, high=high), parts.where
    yield f"Which {number} {several} have {most}{where}?", right, "which"
    yield f"Show the {number} {several} with {most}{where}", right, "show"
    yield f"List the {number} {several} with {most}{where}.", right, "list"
    yield f"Give me the {number} {several} that have {most}{where}", right, "give"
    yield (
        f"{'top' if high else 'bottom'} {number} {several} by {parts.noun}{where}",
        right,
        "fragment",
    )
    yield f"What are the {number} {several} with {most}{where}?", right, "what are"


def which_most(parts: Parts) -> Iterator[Built]:
    name, one, _ = parts.group(ranked=True)
    high = parts.dice.random() < 0.65
    right = (_ranked(parts, name, 1, high=high),)
    most, where = _superlative(parts, high=high), parts.where
    yield f"Which {one} has {most}{where}?", right, "which"
    yield f"Which {one} had {most}{where}?", right, "which"
    yield f"What {one} has {most}{where}?", right, "what"
    yield f"{one} with {most}{where}", right, "fragment"
    yield f"Show me the {one} with {most}{where}", right, "show"
    if name == "user_id":
        return
    yield (
        f"In which {one} is the {parts.noun}{where} {'highest' if high else 'lowest'}?",
        right,
        "in which",
    )


def top_within(parts: Parts) -> Iterator[Built]:
    outer, one, _ = parts.group()
    inner, _, several = parts.group(outer, ranked=True)
    if outer in ("user_id", "sampler"):
        return
    count = parts.dice.choice((2, 3))
    order = (Order(by=parts.measure["name"]),)
    right = tuple(
        parts.plan(dimensions=dims, order=order, limit=count, limit_within=outer)
        for dims in ((outer, inner), (inner, outer))
    )
    most, where = _superlative(parts, high=True), parts.where
    yield f"For each {one}, show the {count} {several} with {most}{where}.", right, "for each"
    yield f"top {count} {several} by {parts.noun} in each {one}{where}", right, "fragment"
    yield f"Which {count} {several} have {most} in each {one}{where}?", right, "which"
    yield (
        f"Show the {NUMBERS[count]} {several} with {most}{where} within each {one}.",
        right,
        "show",
    )


def over_time(parts: Parts) -> Iterator[Built]:
    grain = parts.dice.choice(tuple(WORDS["grains"]))
    one, adjective = WORDS["grains"][grain]
    right = (parts.plan(grain=grain),)
    noun, where = parts.noun, parts.where
    if parts.measure["of"] in ("users", "prompts"):
        return
    yield f"Show the {noun} per {one}{where}", right, "show"
    yield f"{noun} by {one}{where}", right, "fragment"
    yield f"What was the {noun}{where} in each {one}?", right, "what is"
    yield f"Show the {adjective} {noun}{where}", right, "adjective"
    yield f"For each {one}, show the {noun}{where}.", right, "for each"
    name, group_one, _ = parts.group()
    both = (parts.plan(grain=grain, dimensions=(name,)),)
    yield f"{noun} per {one} and {group_one}{where}", both, "with group"
    yield f"Show the {noun} by {group_one} and {one}{where}", both, "with group"


def best_period(parts: Parts) -> Iterator[Built]:
    if parts.measure["of"] in ("users", "prompts"):
        return
    grain = parts.dice.choice(tuple(WORDS["grains"]))
    high = parts.dice.random() < 0.65
    order = (Order(by=parts.measure["name"], descending=high),)
    right = (parts.plan(grain=grain, order=order, limit=1),)
    most, where = _superlative(parts, high=high), parts.where
    yield f"Which {grain} had {most}{where}?", right, "which"
    yield (
        f"On which {grain} was the {parts.noun}{where} the {'highest' if high else 'lowest'}?"
        if grain == "day"
        else f"In which {grain} was the {parts.noun}{where} the {'highest' if high else 'lowest'}?",
        right,
        "in which",
    )
    several = (parts.plan(grain=grain, order=order, limit=3),)
    yield f"Show the three {grain}s with {most}{where}", several, "show"
