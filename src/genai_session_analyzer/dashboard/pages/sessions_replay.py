"""A session's replay: what was asked, what changed since the request before, what came of it."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard import formats
from genai_session_analyzer.dashboard.components import empty_state
from genai_session_analyzer.dashboard.figures.sparklines import course_figure
from genai_session_analyzer.dashboard.pages.sessions_rows import moment
from genai_session_analyzer.dashboard.pages.sessions_step import replay_step
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.dashboard.theme import BAND_COLOURS, GRAPH_CONFIG
from genai_session_analyzer.insights.replay import STEPS_PER_PAGE, ReplayPage, replay_page
from genai_session_analyzer.insights.session_courses import SessionCourse, session_courses


def replay(services: Services, session_id: str, page: int) -> tuple[list[Component], int]:
    """A page of a session's replay, and how many generations the session has (0 = no session).

    Args:
        services: Where the build is.
        session_id: Which session; it may not exist in this build.
        page: From 1.

    Raises:
        NoBuildError: Nothing has been published.
    """
    backend = services.reader.ibis()
    found = replay_page(backend, session_id, page)
    if found is None:
        return [_no_such_session(session_id)], 0
    course = session_courses(backend, [session_id])[session_id]
    shown = [session_head(found.session), course_chart(course, page), replay_strip(found)]
    return shown, found.session["generation_count"]


def session_head(session: dict[str, Any]) -> Component:
    """Who, when, and the numbers of the whole session."""
    band = session["friction_band"]
    who = (session["user_tier"], session["region"], session["device_type"])
    facts = (
        ("Friction", f"{formats.points(session['friction_score'])} {band or ''}".strip()),
        ("Generations", f"{session['generation_count']:,}"),
        ("Success", formats.percent(session["success_rate"])),
        ("Mean latency", formats.duration_ms(session["mean_latency_ms"])),
        ("Retries", formats.compact(session["total_retries"])),
        ("Cost", formats.credits(session["total_cost_credits"])),
        ("Duration", formats.duration_ms(session["duration_s"] * 1000)),
        ("Simulated", formats.percent(session["simulated_share"])),
    )
    profile = " · ".join(map(formats.words, who))
    told = f" · {profile} · {moment(session['started_at'])} UTC"
    user = html.Bdi(session["user_id"], className="replay-user")
    return html.Div(
        [
            html.P([user, told]),
            html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts]),
        ],
        className="replay-head",
        style={"borderColor": BAND_COLOURS[band]},
    )


def course_chart(course: SessionCourse, page: int) -> Component:
    """The latency and status of every generation, those of this page in full colour."""
    first = (page - 1) * STEPS_PER_PAGE + 1
    figure = course_figure(
        course.latencies_ms, course.statuses, range(first, first + STEPS_PER_PAGE)
    )
    config: Any = GRAPH_CONFIG
    graph = dcc.Graph(figure=figure, config=config, className="chart")
    named: dict[str, Any] = {"aria-label": "Latency and status of each generation"}
    return html.Div(graph, role="group", className="replay-course", **named)


def replay_strip(found: ReplayPage) -> Component:
    """The generations of one page, oldest first."""
    return html.Ol([replay_step(step) for step in found.steps], className="replay-strip")


def _no_such_session(session_id: str) -> Component:
    return empty_state(
        f"There is no session {session_id[:80]!r} in this build.",
        "It may be of an older build: close this and choose one in the table.",
    )
