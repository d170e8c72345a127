"""The pieces pages are made of."""

from genai_session_analyzer.dashboard.components.cards import chart_card, section, stat_card
from genai_session_analyzer.dashboard.components.definitions import (
    definition_tooltip,
    explained,
    icon,
)
from genai_session_analyzer.dashboard.components.export import (
    csv_download,
    csv_text,
    export_button,
    export_link,
)
from genai_session_analyzer.dashboard.components.messages import (
    empty_state,
    error_sentence,
    guarded,
)

__all__ = [
    "chart_card",
    "csv_download",
    "csv_text",
    "definition_tooltip",
    "empty_state",
    "error_sentence",
    "explained",
    "export_button",
    "export_link",
    "guarded",
    "icon",
    "section",
    "stat_card",
]
