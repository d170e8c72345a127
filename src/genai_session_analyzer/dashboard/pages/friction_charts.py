"""The charts of the page Friction: what each shows and how it is computed."""

from genai_session_analyzer.dashboard.components.definitions import definition_text
from genai_session_analyzer.dashboard.pages.friction_cards import Chart
from genai_session_analyzer.semantic.features import LABELLED_GENERATIONS, LABELLED_SESSIONS

_SMALL = "Groups with n below 30 are hatched and starred: their numbers move a lot by chance."


def _defined(*names: str) -> str:
    return " ".join(definition_text(LABELLED_GENERATIONS.measure(name)) for name in names)


def _chart(name: str, title: str, definition: str) -> Chart:
    return Chart("friction", name, title, definition)


DISTRIBUTION = _chart(
    "distribution",
    "Friction of sessions",
    "Sessions by friction score, 2 points a bar, coloured by band. Sessions without a score "
    "(status, latency or retries unknown) are counted in n and not drawn.",
)
KINDS = _chart(
    "kinds",
    "Failures by kind over time",
    "Generations that ended in each kind of failure / generations of known status, by day; by week "
    "where there are more than 120 days.",
)
STRUGGLE = _chart(
    "struggle",
    "Friction, failures and latency by group",
    f"{definition_text(LABELLED_SESSIONS.measure('mean_friction_score'))} A session counts in "
    f"every group one of its generations is in. {_defined('error_rate')} Latency: bar to the "
    f"median, pale to p95. Lines: 95 % intervals (mean: normal; rate: Wilson). {_SMALL}",
)
GRID = _chart(
    "grid",
    "Measure by both dimensions",
    "The chosen measure for each combination; a star marks n below 30. At most 15 values a side, "
    "the largest.",
)
COMPLEXITY = _chart(
    "complexity",
    "Timeouts by complexity of the prompt",
    f"{_defined('timeout_rate')} Complexity: 1 very simple to 5 very detailed. {_SMALL}",
)
LATENCY = _chart(
    "latency", "Latency by style", f"{_defined('p50_latency_ms', 'p95_latency_ms')} {_SMALL}"
)
_REACTIONS = (
    f"{_defined('download_rate', 'thumbs_up_share')} Lines: 95 % Wilson intervals. {_SMALL}"
)
REACTIONS_DOMAIN = _chart("reactions-domain", "Downloads and thumbs by domain", _REACTIONS)
REACTIONS_STYLE = _chart("reactions-style", "Downloads and thumbs by style", _REACTIONS)

CHARTS = (
    DISTRIBUTION, KINDS, STRUGGLE, GRID, COMPLEXITY, LATENCY, REACTIONS_DOMAIN, REACTIONS_STYLE,
)  # fmt: skip
GRAPH_IDS = tuple(each.graph_id for each in CHARTS)
"""The graphs a click leads to sessions from."""
