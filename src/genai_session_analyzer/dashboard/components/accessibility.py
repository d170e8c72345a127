"""What screen readers are told."""

from typing import Any


def aria(**attributes: str) -> dict[str, Any]:
    """Return ARIA attributes for any component: `html.Div(..., **aria(label="Filters"))`."""
    return {f"aria-{name}": value for name, value in attributes.items()}
