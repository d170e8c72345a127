"""What people do in the gallery: search, ask for more of one, open one, draw on the map."""

import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from bench_dashboard_browser import Call, Person
from bench_dashboard_drawn import Action, drawn_query

PATH, PAGE = "/gallery", "gallery"
THINGS = ("lighthouse", "robot", "castle", "old sailor", "city", "fox", "market", "spaceship")
MANNERS = ("in a storm", "at night", "in watercolour", "covered in snow", "of glass", "at dawn")
PLACES = ("by the sea", "in a forest", "on mars", "under water", "in a library", "on a hill")


def gallery_actions(dice: random.Random) -> Iterator[Action]:
    """One of each, under filters of its own."""
    query, words = drawn_query(dice), " ".join(map(dice.choice, (THINGS, MANNERS, PLACES)))
    x, y = dice.uniform(-0.6, 0.6), dice.uniform(-0.6, 0.6)
    corners = ((x, y), (x + 0.4, y), (x + 0.5, y + 0.3), (x + 0.2, y + 0.5))
    region = ";".join(f"{across:.3f},{up:.3f}" for across, up in corners)
    click = {"points": [{"x": x, "y": y}]}

    def opened(person: Person) -> list[Call]:
        return person.open(PATH, query)

    def like(person: Person) -> list[Call]:
        return person.change("url", search=f"{query}&like={_first_found(person)}")

    yield Action(PAGE, "search", lambda each: each.change("gallery-search", value=words), opened)
    yield Action(PAGE, "more like this", like, lambda each: each.open(PATH))
    yield Action(
        PAGE, "one opened", lambda each: each.change("gallery-map", clickData=click), opened
    )
    yield Action(
        PAGE, "region", lambda each: each.change("url", search=f"{query}&lasso={region}"), opened
    )


def _first_found(person: Person) -> str:
    """The prompt that the first link to more like it names."""
    for link in _links(person.properties["gallery-results"]["children"]):
        pairs = dict(parse_qsl(link.partition("?")[2]))
        if "like" in pairs:
            return pairs["like"]
    message = "The gallery shows no prompt; give a build with embeddings."
    raise RuntimeError(message)


def _links(tree: Any) -> Iterator[str]:
    if isinstance(tree, list):
        for each in tree:
            yield from _links(each)
    elif isinstance(tree, dict):
        if isinstance(tree.get("href"), str):
            yield tree["href"]
        for value in tree.values():
            yield from _links(value)
