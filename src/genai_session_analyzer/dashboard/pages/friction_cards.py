"""The cards of the pages Friction and Costs: titles, definitions, what is exported."""

from dataclasses import dataclass

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components import chart_card, export_link
from genai_session_analyzer.dashboard.formats import group_size
from genai_session_analyzer.semantic.view_filters import ViewFilters


@dataclass(frozen=True)
class Chart:
    """A chart that a callback draws.

    Attributes:
        page: Name of its page.
        name: Its name on that page.
        title: What it shows.
        definition: What is drawn and how it is computed.
    """

    page: str
    name: str
    title: str
    definition: str

    @property
    def graph_id(self) -> str:
        """The id of its `dcc.Graph`."""
        return f"{self.page}-{self.name}-graph"

    @property
    def aside_id(self) -> str:
        """The id of the place beside its title, for n and the export."""
        return f"{self.page}-{self.name}-aside"

    def card(self) -> Component:
        """Return its card, empty until the callback answers."""
        place = html.Div(id=self.aside_id)
        return chart_card(self.title, self.graph_id, self.definition, export=place)

    def aside(self, n: int, export: str, filters: ViewFilters, note: str = "") -> Component:
        """Return what stands beside the title: a note, n and the link to the CSV.

        Args:
            n: Rows behind the chart.
            export: Name of the page's export.
            filters: What is in view.
            note: A few words more.
        """
        text = f"{note} · {group_size(n)}" if note else group_size(n)
        link = export_link(self.page, export, filters)
        aside: Component = dmc.Group([dmc.Text(text, size="xs", c="dimmed"), link], gap="xs")
        return aside
