"""The pages, registered by name: what is not in this tuple does not exist."""

from genai_session_analyzer.dashboard.page import PageModule
from genai_session_analyzer.dashboard.pages import (
    copilot,
    costs,
    friction,
    gallery,
    method,
    overview,
    runs,
    sessions,
)

PAGES: tuple[PageModule, ...] = (
    overview,
    friction,
    sessions,
    costs,
    gallery,
    runs,
    method,
    copilot,
)
