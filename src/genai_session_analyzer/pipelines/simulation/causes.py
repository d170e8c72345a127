"""What influences what in the simulation: one structure, drawn in docs/simulation.md and tested."""

CAUSES: dict[str, tuple[str, ...]] = {
    "activity": ("tier",),
    "model": ("rollouts", "time"),
    "status": (
        "prompt", "difficulty", "tier", "skill", "model", "time", "effects", "region", "device",
    ),
    "latency": ("prompt", "status", "model", "time", "effects", "region", "device"),
    "retries": ("status", "patience"),
    "cost": ("prompt", "tier", "status", "latency"),
    "feedback": ("tier", "status"),
    "download": ("tier", "status", "feedback"),
    "friction": ("status", "latency", "retries"),
    "abandonment": ("status", "patience"),
    "lapse": ("tier", "friction"),
    "next session": ("lapse", "activity", "region", "abandonment"),
    "user": ("next session",),
    "time": ("next session", "status"),
}  # fmt: skip
"""Direct causes of everything that is not simply drawn. `effects`: planted ones and incidents.

Region and device matter to outcomes only where an effect is planted on them. A generation's time
follows the outcome of the one before it.
"""

FEEDBACK: dict[tuple[str, str], str] = {
    ("friction", "lapse"): "returns.friction_strength = 0",
    ("status", "abandonment"): "returns.abandon_share = 0",
    ("status", "time"): "sessions.failure_gap_share = 1",
}
"""Edges by which outcomes change what people do next, and the parameter that cuts each."""


def consequences(cause: str, *, with_feedback: bool = True) -> set[str]:
    """The cause and all that follows from it, near or far.

    Args:
        cause: A name in `CAUSES`.
        with_feedback: False: as if the edges of `FEEDBACK` were cut.
    """
    found, new = {cause}, {cause}
    while new:
        new = {
            effect
            for effect, causes in CAUSES.items()
            for origin in causes
            if origin in new and (with_feedback or (origin, effect) not in FEEDBACK)
        } - found
        found |= new
    return found


def mermaid() -> str:
    """The graph as a Mermaid flowchart; feedback edges are dotted."""
    names = dict.fromkeys(name for effect, causes in CAUSES.items() for name in (*causes, effect))
    identifiers = {name: name.replace(" ", "_") for name in names}
    lines = ["flowchart LR", *(f"    {code}[{name}]" for name, code in identifiers.items())]
    for effect, causes in CAUSES.items():
        for cause in causes:
            arrow = "-.->" if (cause, effect) in FEEDBACK else "-->"
            lines.append(f"    {identifiers[cause]} {arrow} {identifiers[effect]}")
    return "\n".join(lines)
