"""The parts of the cluster report that say what is known of each cluster; all text is escaped."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from genai_session_analyzer.pipelines.enrichment.clusters.report_map import colour

Cluster = Mapping[str, Any]
Family = tuple[Cluster | None, list[Cluster]]
_PROMPT_CHARACTERS = 260
_HEADS = (
    ("Cluster", False),
    ("Size", False),
    ("Prompts", True),
    ("Coherence", True),
    ("Generations", True),
    ("Friction", True),
    ("Failures", True),
    ("Cost", True),
)


def overview_table(families: Sequence[Family], largest: int) -> str:
    """Return the table of all clusters by family, as HTML.

    Args:
        families: Parents with their clusters, in the order of their colours.
        largest: Prompts of the largest cluster; its bar is full.
    """
    heads = "".join(
        f'<th class="number">{name}</th>' if is_number else f"<th>{name}</th>"
        for name, is_number in _HEADS
    )
    rows = "".join(
        _row(cluster, number, largest)
        for number, (_, members) in enumerate(families)
        for cluster in members
    )
    return f'<div class="scroll"><table><tr>{heads}</tr>{rows}</table></div>'


def family_section(
    number: int, parent: Cluster | None, members: Sequence[Cluster], texts: Mapping[str, str]
) -> str:
    """Return a group of clusters with a card each, as HTML.

    Args:
        number: Of the group's colour.
        parent: The group; None where there is no upper level.
        members: Its clusters.
        texts: Prompts by id.
    """
    cards = "".join(_card(cluster, number, texts) for cluster in members)
    if parent is None:
        head = "<h2>Each cluster</h2>"
    else:
        head = (
            f'<h2><span class="dot" style="background:{colour(number)}"></span>'
            f"<bdi>{escape(parent['title'])}</bdi></h2>"
            f'<div class="numbers">{_numbers(parent)}</div>'
        )
    return f'<section>{head}<div class="cards">{cards}</div></section>'


def _row(cluster: Cluster, number: int, largest: int) -> str:
    share = 100 * cluster["prompt_count"] / largest
    cells = (
        f"{cluster['coherence']:.2f}",
        f"{cluster['generation_count']:,}",
        *(text for _, text in _experience(cluster)),
    )
    return (
        f'<tr><td class="title"><span class="dot" style="background:{colour(number)}"></span>'
        f'<a href="#c{cluster["cluster_id"]}"><bdi>{escape(cluster["title"])}</bdi></a></td>'
        f'<td><span class="bar"><i style="width:{share:.1f}%"></i></span></td>'
        f'<td class="number">{cluster["prompt_count"]:,}</td>'
        + "".join(f'<td class="number">{cell}</td>' for cell in cells)
        + "</tr>"
    )


def _card(cluster: Cluster, number: int, texts: Mapping[str, str]) -> str:
    words = "".join(f"<li><bdi>{escape(word)}</bdi></li>" for word in cluster["keywords"])
    prompts = "".join(
        f'<li dir="auto">{escape(_shortened(texts[name]))}</li>'
        for name in cluster["nearest_prompt_ids"]
        if name in texts
    )
    return (
        f'<article id="c{cluster["cluster_id"]}" style="border-left-color:{colour(number)}">'
        f"<h3><bdi>{escape(cluster['title'])}</bdi></h3>"
        f'<p dir="auto">{escape(cluster["description"])}</p>'
        f'<div class="numbers">{_numbers(cluster)}</div>'
        f'<ul class="words">{words}</ul><ol>{prompts}</ol></article>'
    )


def _numbers(cluster: Cluster) -> str:
    known = [
        ("prompts", f"{cluster['prompt_count']:,}"),
        ("coherence", f"{cluster['coherence']:.2f}"),
        ("generations", f"{cluster['generation_count']:,}"),
        *_experience(cluster),
        ("id", str(cluster["cluster_id"])),
    ]
    return "".join(f"<span>{name} <b>{value}</b></span>" for name, value in known)


def _experience(cluster: Cluster) -> list[tuple[str, str]]:
    return [
        ("friction", _or_dash(cluster["mean_friction_score"], "{:.1f}")),
        ("failures", _or_dash(cluster["failure_rate"], "{:.1%}")),
        ("cost", _or_dash(cluster["total_cost_credits"], "{:,.0f}")),
    ]


def _or_dash(value: float | None, form: str) -> str:
    return "&ndash;" if value is None else form.format(value)


def _shortened(text: str) -> str:
    if len(text) <= _PROMPT_CHARACTERS:
        return text
    return text[:_PROMPT_CHARACTERS].rstrip() + "…"
