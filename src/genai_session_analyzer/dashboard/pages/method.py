"""The page Data model & method: lineage, tables, measures, what is simulated."""

import dash
import dash_mantine_components as dmc
import pyarrow as pa
from dash import html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components import export_link, section
from genai_session_analyzer.dashboard.figures.lineage import LINEAGE_WORDS, lineage_uri
from genai_session_analyzer.dashboard.formats import NOTHING, percent
from genai_session_analyzer.dashboard.page import Page
from genai_session_analyzer.dashboard.pages.overview_origin import PART_WORDS, origin_sentences
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.insights.provenance import provenance
from genai_session_analyzer.schema import TABLES
from genai_session_analyzer.schema.table_schema import TableSchema
from genai_session_analyzer.semantic.friction import FrictionParameters, friction_formula
from genai_session_analyzer.semantic.glossary import GlossaryEntry, glossary
from genai_session_analyzer.semantic.view_filters import ViewFilters

PAGE = Page(path="/method", title="Data model & method", icon="method", order=7, has_filters=False)
FIRST = "measures of fct_generations"


def layout(services: Services, filters: ViewFilters) -> Component:
    """Return the page; all of it is generated from the schema, the semantic layer and the build.

    Raises:
        NoBuildError: Nothing has been published.
    """
    return html.Div(
        [
            section("From log to answer", _lineage()),
            section("What is simulated, and how", _simulated(services)),
            section("Friction, one definition", _friction(services.friction)),
            section(
                "Tables",
                _tables(services),
                note="Grain and key of every published table; the columns unfold.",
            ),
            section(
                "Measures and dimensions",
                export_link("method", "glossary", filters),
                _glossary(services.friction),
                note="Generated from where they are defined; every page computes with these.",
            ),
        ]
    )


def register_callbacks(app: dash.Dash, services: Services) -> None:
    """Add nothing: the page has no controls."""
    del app, services


def export_glossary(services: Services, filters: ViewFilters) -> pa.Table:
    """Return one row per term of the glossary; filters do not apply."""
    del filters
    names = ("kind", "name", "table_name", "description", "unit", "formula")
    return pa.Table.from_pylist(
        [{name: getattr(entry, name) for name in names} for entry in glossary(services.friction)]
    )


EXPORTS = {"glossary": export_glossary}


def _lineage() -> Component:
    both = [
        html.Img(
            src=lineage_uri(dark=dark), alt=LINEAGE_WORDS, className=f"lineage lineage-{ground}"
        )
        for dark, ground in ((False, "light"), (True, "dark"))
    ]
    return dmc.Card(html.Div(both, className="lineage-frame"), className="card", withBorder=True)


def _simulated(services: Services) -> Component:
    known = services.remember(("provenance",), lambda: provenance(services.reader))
    rows = [
        dmc.TableTr(
            [
                dmc.TableTd(dmc.Text(part, fw=600, size="sm")),
                dmc.TableTd(PART_WORDS[part]),
                dmc.TableTd(percent(share)),
                dmc.TableTd(dmc.Code(f"{part}_origin")),
            ]
        )
        for part, share in known.simulated_by_part.items()
    ]
    head = dmc.TableThead(
        dmc.TableTr(
            [dmc.TableTh(name) for name in ("Part", "What it is", "Simulated", "Column that tells")]
        )
    )
    method = (
        "Observed values are kept as they are; the simulation fills only what the source lacks, "
        "from seeded distributions, so that the same input and seed give the same tables. Each "
        "generation says per part whether it is observed or simulated. Effects planted on purpose "
        "(a slow model, an outage) are written down; `gsa truth` prints them beside what the "
        "tables show."
    )
    sentences = [dmc.Text(each, size="sm") for each in (*origin_sentences(known), method)]
    table = dmc.TableScrollContainer(dmc.Table([head, dmc.TableTbody(rows)], mt="sm"), minWidth=520)
    return dmc.Card([dmc.Stack(sentences, gap=4), table], className="card", withBorder=True)


def _friction(parameters: FrictionParameters) -> Component:
    text = (
        "Friction says how hard a session was for its user: failures, waiting and retries, "
        "weighed. A session whose status, latency or retries are unknown has no score."
    )
    formula = dmc.Code(friction_formula(parameters), block=True, className="wrapped")
    return dmc.Card(
        [dmc.Text(text, size="sm", mb="xs"), formula], className="card", withBorder=True
    )


def _tables(services: Services) -> Component:
    rows = services.reader.build.rows
    items = [_table_item(TABLES[name], count) for name, count in rows.items() if name in TABLES]
    return dmc.Stack(items, gap="xs")


def _table_item(table: TableSchema, count: int) -> Component:
    head = dmc.Group(
        [
            dmc.Text(table.name, fw=600, size="sm"),
            dmc.Text(f"{table.grain}; key {', '.join(table.key)}", size="xs", c="dimmed"),
            dmc.Badge(f"{count:,} rows", variant="light", color="gray", tt="none"),
        ],
        gap="sm",
    )
    columns = [[each.name, str(each.dtype), each.description] for each in table.columns]
    body: list[Component] = [
        dmc.Text(table.description, size="sm", mb="xs"),
        _plain_table(["Column", "Type", "Meaning"], columns),
    ]
    return _unfolding(head, body)


def _glossary(parameters: FrictionParameters) -> Component:
    entries = glossary(parameters)
    groups: dict[str, list[GlossaryEntry]] = {}
    for entry in entries:
        groups.setdefault(f"{entry.kind}s of {entry.table_name}", []).append(entry)
    items = [
        _unfolding(
            dmc.Text(f"{title} ({len(members)})", fw=600, size="sm"),
            [_terms(members)],
            title == FIRST,
        )
        for title, members in groups.items()
    ]
    return dmc.Stack(items, gap="xs")


def _unfolding(head: Component, body: list[Component], is_open: bool = False) -> Component:
    return html.Details([html.Summary(head), *body], className="card unfolding", open=is_open)


def _terms(entries: list[GlossaryEntry]) -> Component:
    rows = [
        [entry.name, _meaning(entry), entry.formula or NOTHING, entry.unit or NOTHING]
        for entry in entries
    ]
    return _plain_table(["Term", "Meaning", "Formula", "Unit"], rows)


def _meaning(entry: GlossaryEntry) -> str:
    return f"{entry.description} ({', '.join(entry.values)})" if entry.values else entry.description


def _plain_table(head: list[str], rows: list[list[str]]) -> Component:
    """A table as one component: thousands of cells would each cost the browser a millisecond."""
    table = dmc.Table(data={"head": head, "body": rows}, className="terms", verticalSpacing=4)
    return dmc.TableScrollContainer(table, minWidth=640)
