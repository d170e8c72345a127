"""The way of the data, as an SVG in a data URI: boxes for steps, arrows between them."""

from urllib.parse import quote

BOX_WIDTH, BOX_HEIGHT, GAP = 164, 74, 36
STEPS = (
    ("Source", ("corpus, DiffusionDB,", "or a log of your own")),
    ("Ingestion", ("observed fields kept;", "bad rows set aside")),
    ("Simulation", ("fills only what lacks,", "seeded, marked")),
    ("Modeling", ("users, prompts,", "generations, sessions")),
    ("Metrics", ("friction, days,", "quality checks")),
    ("Published build", ("read-only, checked,", "replaced whole")),
)
BRANCH = ("Enrichment", ("embeddings, labels,", "clusters, images; MLflow"))
READERS = ("Dashboard", ("search, notebooks,", "command line"))
LINEAGE_WORDS = (
    "The way of the data: source, ingestion, simulation, modeling, metrics, published build, "
    "dashboard; the enrichment takes prompts from modeling and adds features before metrics."
)
_STEP = BOX_WIDTH + GAP
_BRANCHES_AT, _JOINS_AT = 3, 4


def lineage_uri(dark: bool) -> str:
    """Return the picture as a `data:` address, in ink for a dark or a light page."""
    ink, faint, ground = (
        ("#E6E9ED", "#A3ACB8", "#262C35") if dark else ("#26303A", "#5B6672", "#F1F4F8")
    )
    steps = (*STEPS, READERS)
    width, height = len(steps) * _STEP - GAP + 4, 2 * BOX_HEIGHT + 60
    boxes = [_box(number * _STEP + 2, 2, step, ground) for number, step in enumerate(steps)]
    branch_x = (_BRANCHES_AT + 0.5) * _STEP + 2
    boxes.append(_box(branch_x, BOX_HEIGHT + 54, BRANCH, ground))
    arrows = [
        _arrow(number * _STEP - GAP + 4, BOX_HEIGHT / 2, number * _STEP, BOX_HEIGHT / 2)
        for number in range(1, len(steps))
    ]
    down, up = (_BRANCHES_AT + 0.6) * _STEP, (_JOINS_AT + 0.2) * _STEP
    arrows += [
        _arrow(down, BOX_HEIGHT + 4, down + 22, BOX_HEIGHT + 50),
        _arrow(up - 4, BOX_HEIGHT + 52, up + 18, BOX_HEIGHT + 6),
    ]
    style = (
        f"text{{font:12px system-ui,sans-serif;fill:{faint}}}"
        f".n{{font-weight:650;font-size:14px;fill:{ink}}}"
        f"path{{stroke:{faint};fill:none;stroke-width:1.6}}"
    )
    marker = (
        '<marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        f'orient="auto"><path d="M0 0L8 4L0 8z" style="fill:{faint};stroke:none"/></marker>'
    )
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}"><style>{style}</style><defs>{marker}</defs>'
        f"{''.join(boxes)}{''.join(arrows)}</svg>"
    )
    return f"data:image/svg+xml,{quote(picture)}"


def _box(x: float, y: float, step: tuple[str, tuple[str, ...]], ground: str) -> str:
    name, lines = step
    words = "".join(
        f'<text x="{x + 12}" y="{y + 43 + 16 * number}">{line}</text>'
        for number, line in enumerate(lines)
    )
    return (
        f'<rect x="{x}" y="{y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="9" fill="{ground}" '
        f'stroke="#8A93A0" stroke-opacity="0.5"/><text class="n" x="{x + 12}" y="{y + 24}">{name}'
        f"</text>{words}"
    )


def _arrow(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path d="M{x1:.0f} {y1:.0f}L{x2:.0f} {y2:.0f}" marker-end="url(#a)"/>'
