"""What a calibration found, as plain values that JSON keeps: to print, to draw, to compare with."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from genai_session_analyzer.insights.calibration import compare_shapes
from genai_session_analyzer.insights.distributions import Array, quantiles, step_curve

Record = dict[str, dict[str, dict[str, Any]]]
"""Per column (`real`, or what was simulated) and shape: count, mean, quantiles (`p50`), the curve
of shares, and for what was simulated the distance to real."""

_DIGITS = 5


def as_record(real: Mapping[str, Array], simulated: Mapping[str, Mapping[str, Array]]) -> Record:
    """Describes the real shapes and each simulation's, with their distances.

    Args:
        real: Values by shape.
        simulated: By name of a simulation, values by shape; at least the shapes of `real`.

    Raises:
        KeyError: A simulation lacks a shape.
        ValueError: A shape has no values.
    """
    record = {"real": {name: describe(values) for name, values in real.items()}}
    for column, shapes in simulated.items():
        record[column] = {
            name: describe(shapes[name]) | asdict(distance)
            for name, distance in compare_shapes(real, shapes).items()
        }
    return record


def describe(values: Array) -> dict[str, Any]:
    """Count, mean, quantiles and the points of the step curve of a sample.

    Args:
        values: Numbers without NaN, shape (n,), n > 0.
    """
    points, shares = step_curve(values)
    return {
        "count": len(values),
        "mean": float(values.mean()),
        **{f"p{level * 100:g}": value for level, value in quantiles(values).items()},
        "curve": {"values": _short(points), "shares": _short(shares)},
    }


def _short(numbers: Array) -> list[float]:
    return [float(f"{number:.{_DIGITS}g}") for number in numbers.tolist()]
