"""A published build of made records, and the app over it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dash

from genai_session_analyzer.dashboard.app import create_app
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.warehouse.build_plan import BuildPlan
from genai_session_analyzer.warehouse.builds import new_build_id
from genai_session_analyzer.warehouse.publishing import publish_build
from genai_session_analyzer.warehouse.reader import BuildReader
from insights.view_rows import backend_of


def services_over(root: Path, **tables: list[dict[str, Any]]) -> Services:
    """Services over a build of the records, or of others given by table name."""
    backend = backend_of(**tables)
    names = dict.fromkeys(backend.list_tables(), "For a test.")
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    plan = BuildPlan(build_id=new_build_id(moment, root), tables=names, checks=())
    publish_build(backend.con, root, plan)
    return Services(BuildReader(root), None, None, root)


def app_over(root: Path, **tables: list[dict[str, Any]]) -> dash.Dash:
    """The app over such a build."""
    return create_app(services_over(root, **tables))
