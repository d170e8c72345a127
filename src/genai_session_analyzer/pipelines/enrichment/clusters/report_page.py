"""The frame of the cluster report: one page, its own style, nothing loaded from anywhere."""

from collections.abc import Sequence
from html import escape

_STYLE = """
:root { color-scheme: light dark; --ground: #f6f7f9; --sheet: #fff; --ink: #1b1f24; --soft: #5d6672;
  --line: #e2e6eb; --track: #e9edf2; --bar: #568cde; }
@media (prefers-color-scheme: dark) { :root { --ground: #14171b; --sheet: #1c2026; --ink: #e8ebef;
  --soft: #9aa4b0; --line: #2c323a; --track: #2a3038; --bar: #6b9be4; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 28px; margin: 0 0 4px; letter-spacing: -0.01em; }
h2 { font-size: 20px; margin: 44px 0 4px; }
h3 { font-size: 16px; margin: 0; overflow-wrap: anywhere; }
p.lead { color: var(--soft); margin: 0 0 20px; max-width: 76ch; }
.facts { display: flex; flex-wrap: wrap; gap: 12px; margin: 20px 0; padding: 0; list-style: none; }
.facts li { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px;
  padding: 10px 18px; }
.facts b { display: block; font-size: 22px; font-variant-numeric: tabular-nums; }
.facts span { color: var(--soft); font-size: 13px; }
figure { margin: 0; background: var(--sheet); border: 1px solid var(--line); border-radius: 12px;
  padding: 8px; }
figcaption { color: var(--soft); font-size: 13px; padding: 0 10px 6px; }
svg.map { display: block; width: 100%; height: auto; max-height: 920px; }
svg.map text { font: 600 22px system-ui, sans-serif; text-anchor: middle;
  dominant-baseline: middle; fill: var(--ink); stroke: var(--sheet); stroke-width: 7px;
  stroke-linejoin: round; paint-order: stroke; }
.scroll { overflow-x: auto; background: var(--sheet); border: 1px solid var(--line);
  border-radius: 12px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { padding: 7px 12px; text-align: left; border-bottom: 1px solid var(--line);
  vertical-align: top; }
tr:last-child td { border-bottom: 0; }
th { color: var(--soft); font-weight: 500; white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums;
  white-space: nowrap; }
td.title { min-width: 200px; } td.title a { color: inherit; text-decoration: none; }
td.title a:hover { text-decoration: underline; }
.dot { display: inline-block; width: 10px; height: 10px; border-radius: 50%; margin-right: 8px; }
.bar { display: block; height: 7px; border-radius: 4px; background: var(--track);
  min-width: 90px; margin-top: 7px; overflow: hidden; }
.bar i { display: block; height: 100%; border-radius: 4px; background: var(--bar); }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(340px, 1fr)); gap: 14px;
  margin-top: 14px; }
article { background: var(--sheet); border: 1px solid var(--line); border-left-width: 4px;
  border-radius: 10px; padding: 14px 16px; }
article p { margin: 4px 0 8px; color: var(--soft); font-size: 13.5px; overflow-wrap: anywhere; }
.words { display: flex; flex-wrap: wrap; gap: 5px; margin: 0 0 10px; padding: 0;
  list-style: none; }
.words li { background: var(--track); border-radius: 6px; padding: 1px 8px; font-size: 13px; }
.numbers { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 0 0 10px; font-size: 13px;
  color: var(--soft); font-variant-numeric: tabular-nums; }
.numbers b { color: var(--ink); font-weight: 600; }
ol { margin: 0; padding-left: 20px; font-size: 13.5px; }
ol li { margin: 3px 0; overflow-wrap: anywhere; unicode-bidi: isolate; }
footer { color: var(--soft); font-size: 13px; margin-top: 48px; max-width: 80ch; }
"""
_LEAD = (
    "Prompts that mean alike, grouped by their embeddings. On the map, near prompts are alike; "
    "colours are groups of clusters; its axes have no meaning."
)
_FOOT = (
    "Coherence: mean cosine of a cluster's prompts to its centre. Friction: mean score, 0 to 100, "
    "of the sessions that asked from the cluster, higher is worse. Failures: share of generations "
    "of known status. Cost: known credits. A dash is unknown. Keywords are c-TF-IDF."
)


def page(facts: Sequence[tuple[str, str]], picture: str, overview: str, families: str) -> str:
    """Return the page as HTML.

    Args:
        facts: Name and value of the numbers on top, HTML.
        picture: The map, HTML.
        overview: The table of all clusters, HTML.
        families: The sections with the clusters' cards, HTML.
    """
    numbers = "".join(f"<li><b>{value}</b><span>{name}</span></li>" for name, value in facts)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "img-src data:; style-src 'unsafe-inline'\">"
        f"<title>Prompt clusters</title><style>{_STYLE}</style></head><body><main>"
        f'<h1>What people ask for</h1><p class="lead">{escape(_LEAD)}</p>'
        f'<ul class="facts">{numbers}</ul>'
        f"<figure>{picture}<figcaption>Every prompt once. Titles stand at the middle of the "
        "largest clusters.</figcaption></figure>"
        f"<h2>All clusters</h2>{overview}{families}"
        f"<footer>{escape(_FOOT)}</footer></main></body></html>\n"
    )
