"""Saying that an answer is right or wrong, and going on from it."""

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from genai_session_analyzer.copilot.answering.answer import Answered
from genai_session_analyzer.dashboard.components import icon
from genai_session_analyzer.dashboard.pages import copilot_ids as ids
from genai_session_analyzer.dashboard.pages.copilot_friction_link import friction_link

CONFIRM_HELP = (
    "Keeps the question with this SQL in verified_queries.yml, as an example for later questions."
)


def feedback_row(answer: Answered) -> Component:
    """Return the buttons below an answer."""
    is_edited = answer.made.route == "edited"
    confirm = dmc.Tooltip(
        dmc.Button(
            "My SQL is right" if is_edited else "This is right",
            id=ids.CONFIRM,
            size="compact-sm",
            variant="light",
            color="teal",
            disabled=not answer.question,
        ),
        label=CONFIRM_HELP,
        multiline=True,
        w=260,
    )
    wrong = dmc.Button(
        "This is wrong", id=ids.WRONG, size="compact-sm", variant="light", color="red"
    )
    comment = dmc.TextInput(
        id=ids.COMMENT,
        debounce=True,
        placeholder="What is wrong? Or edit the SQL, run it and confirm that.",
        size="xs",
        className="copilot-comment",
        inputProps={"aria-label": "What is wrong", "maxLength": 500},
    )
    said = [confirm, wrong, comment, html.Span(id=ids.FEEDBACK_NOTE, role="status")]
    return dmc.Card(
        dmc.Group([dmc.Group(said, gap="xs", flex=1), *_onward(answer)], justify="space-between"),
        className="card copilot-feedback",
        withBorder=True,
        py="xs",
    )


def _onward(answer: Answered) -> list[Component]:
    address = friction_link(answer.plan)
    if address is None:
        return []
    label = dmc.Group(["Open in Friction view", icon("friction")], gap=4, wrap="nowrap")
    return [dmc.Anchor(label, href=address, size="sm")]
