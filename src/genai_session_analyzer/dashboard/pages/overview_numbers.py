"""The six cards of the overview."""

from collections.abc import Callable
from dataclasses import dataclass

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components import icon, stat_card
from genai_session_analyzer.dashboard.components.definitions import definition_text
from genai_session_analyzer.dashboard.figures.spark import spark_uri
from genai_session_analyzer.dashboard.formats import compact, day, percent, points
from genai_session_analyzer.dashboard.theme import ACCENT
from genai_session_analyzer.insights.overview import HEADLINES, Headline, Overview
from genai_session_analyzer.insights.periods import Comparison, Period


@dataclass(frozen=True)
class NumberStyle:
    """How a number is named and written; `good` is the direction that is good, 0 = neither.

    A number that `is_level` (a rate, a score) changes by points, the others by per cent.
    """

    label: str
    write: Callable[[float | None], str]
    good: int = 0
    is_level: bool = False


STYLES = {
    "generations": NumberStyle("Generations", compact),
    "users": NumberStyle("Users", compact),
    "sessions": NumberStyle("Sessions", compact),
    "success_rate": NumberStyle("Success rate", percent, good=1, is_level=True),
    "friction": NumberStyle("Friction, 0-100", points, good=-1, is_level=True),
    "cost": NumberStyle("Cost, credits", compact),
}


def number_cards(found: Overview) -> Component:
    """Return the six cards: value, change against the period before, course by day."""
    cards = [_card(name, found.headlines[name], found.compared) for name in STYLES]
    return dmc.SimpleGrid(cards, cols={"base": 2, "md": 3, "xl": 6}, className="numbers")


def change_words(headline: Headline, style: NumberStyle) -> str | None:
    """Return the change as text such as `+3.2 %` or `-1.4 points`; None where it is not known."""
    if headline.recent is None or headline.previous is None:
        return None
    step = headline.recent - headline.previous
    if style.is_level:
        size = step * 100 if style.write is percent else step
        return f"{size:+.1f} points"
    if not headline.previous:
        return None
    return f"{'+' if step >= 0 else ''}{percent(step / headline.previous)}"


def compared_words(compared: Comparison) -> str:
    """Return what the change compares, in words."""
    if compared.previous is None:
        return "The data does not reach back far enough to compare with the period before."
    return f"Change: {_days(compared.recent)} against {_days(compared.previous)}."


def _card(name: str, headline: Headline, compared: Comparison) -> Component:
    style = STYLES[name]
    definition = definition_text(HEADLINES[name], headline.n)
    course = html.Img(
        src=spark_uri(headline.by_day, ACCENT),
        className="spark",
        alt=f"{style.label} per day, {_days(compared.shown)}",
    )
    return stat_card(
        style.label,
        style.write(headline.value),
        f"{definition} {compared_words(compared)}",
        _change(headline, style, compared),
        course,
    )


def _change(headline: Headline, style: NumberStyle, compared: Comparison) -> Component:
    text = change_words(headline, style)
    if text is None:
        return dmc.Text("no earlier data", size="xs", c="dimmed")
    step = (headline.recent or 0) - (headline.previous or 0)
    verdict = (step > 0) - (step < 0)
    colour = "dimmed" if not verdict * style.good else ("teal" if verdict == style.good else "red")
    arrow = [icon("up" if verdict > 0 else "down")] if verdict else []
    badge = dmc.Group(
        [*arrow, dmc.Text(text, size="xs", span=True)], gap=2, c=colour, wrap="nowrap"
    )
    length = f"{compared.recent.day_count} d"
    return html.Div(
        [badge, dmc.Text(f"vs {length} before", size="xs", c="dimmed")], className="change"
    )


def _days(period: Period) -> str:
    return f"{day(period.first)} to {day(period.last)}"
