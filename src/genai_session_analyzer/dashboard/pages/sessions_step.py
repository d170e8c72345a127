"""One generation of a replay: picture, outcome, prompt against the one before, what changed."""

from collections.abc import Sequence
from urllib.parse import urlencode

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard import formats
from genai_session_analyzer.dashboard.images import image_url
from genai_session_analyzer.dashboard.theme import STATUS_COLOURS
from genai_session_analyzer.insights.prompt_diff import DiffPart
from genai_session_analyzer.insights.replay import (
    PARAMETERS,
    ParameterChange,
    ReplayStep,
    generation_parameters,
)

PROMPT_HEIGHT_PX = 150
PARAMETER_WORDS = {"model_version": "model", "cfg_scale": "guidance", "image_count": "images"}


def replay_step(step: ReplayStep) -> Component:
    """One generation: picture, outcome, prompt against the one before, what else changed."""
    foot = [each for each in (parameter_line(step), links(step)) if each is not None]
    described = [outcome(step), prompt(step), html.Div(foot, className="replay-foot")]
    return html.Li(
        [picture(step), html.Div(described, className="replay-body")],
        className="replay-step",
        style={"borderColor": STATUS_COLOURS[step.facts["status"]]},
        id=f"step-{step.number}",
    )


def picture(step: ReplayStep) -> Component:
    """The thumbnail, or its place where there is none."""
    path = step.facts["thumbnail_path"]
    if path is None:
        return html.Div("no picture", className="replay-picture replay-no-picture")
    image: Component = dmc.Image(
        src=image_url(path),
        alt=f"Picture of the prompt of generation {step.number}",
        className="replay-picture",
        attributes={"root": {"loading": "lazy"}},
    )
    return image


def outcome(step: ReplayStep) -> Component:
    """Number, status, latency, cost, retries and what the user made of it."""
    facts = step.facts
    retries = formats.NOTHING if facts["retry_count"] is None else facts["retry_count"]
    waited = None if step.wait_s is None else formats.duration_ms(step.wait_s * 1000)
    told = [
        formats.duration_ms(facts["latency_ms"]),
        formats.credits(facts["cost_credits"]),
        f"{retries} {'retry' if retries == 1 else 'retries'}",
        f"{waited} after the last" if waited else None,
        formats.words(facts["feedback"]) if facts["feedback"] else None,
        "downloaded" if facts["is_downloaded"] else None,
    ]
    status = html.Span(
        formats.words(facts["status"]),
        className="replay-status",
        style={"borderColor": STATUS_COLOURS[facts["status"]]},
    )
    number = html.Span(f"{step.number}", className="replay-number")
    rest = " · ".join(each for each in told if each)
    at = html.Time(f"{facts['requested_at']:%H:%M:%S}", dateTime=facts["requested_at"].isoformat())
    return html.Div([number, status, html.Span(rest), at], className="replay-outcome")


def prompt(step: ReplayStep) -> Component:
    """The prompt as text, the words added and removed marked by line and sign, not colour alone."""
    text = step.facts["prompt_text"]
    if text is None:
        return html.P("The source has no prompt text.", className="replay-note")
    if step.is_same_prompt:
        shown: Sequence[Component | str] = [html.Span("same prompt", className="replay-same"), text]
    elif step.prompt_parts is None:
        shown = [text]
    else:
        shown = [diff_part(part) for part in step.prompt_parts]
    spoiler: Component = dmc.Spoiler(
        html.P(shown, className="replay-prompt", dir="auto"),
        maxHeight=PROMPT_HEIGHT_PX,
        showLabel="Show the whole prompt",
        hideLabel="Show less",
    )
    return spoiler


def diff_part(part: DiffPart) -> Component:
    """A run of words; browsers underline `ins` and strike `del` through, the space before not."""
    if part.change == "same":
        return html.Span(part.text)
    words = part.text.lstrip()
    space = part.text[: len(part.text) - len(words)]
    mark = html.Ins(words) if part.change == "added" else html.Del(words)
    return html.Span([space, mark], className=f"replay-{part.change}")


def parameter_line(step: ReplayStep) -> Component | None:
    """Parameters of the first generation, then only those that changed; None where none did."""
    if step.number == 1:
        asked = generation_parameters(step.facts)
        told = [f"{_parameter(name)} {asked[name]}" for name in PARAMETERS if asked[name]]
        return html.Ul([html.Li(each) for each in told], className="replay-parameters")
    if not step.changes:
        return None
    return html.Ul([change_item(each) for each in step.changes], className="replay-parameters")


def change_item(change: ParameterChange) -> Component:
    """A parameter with its value before and after; a seed is just new."""
    if change.name == "seed":
        return html.Li("new seed")
    before, after = change.before or "unknown", change.after or "unknown"
    return html.Li([f"{_parameter(change.name)} ", html.Del(before), " → ", html.Ins(after)])


def links(step: ReplayStep) -> Component | None:
    """Where to go on from here; None where the prompt is not known."""
    prompt_id = step.facts["prompt_id"]
    if prompt_id is None:
        return None
    link: Component = dmc.Anchor(
        "More like this", href=f"/gallery?{urlencode({'like': prompt_id})}", size="xs"
    )
    return link


def _parameter(name: str) -> str:
    return PARAMETER_WORDS.get(name, formats.words(name))
