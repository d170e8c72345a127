"""Kedro's and pydantic's account of a wrong parameter, as one line a parameter."""

import re
from collections.abc import Iterator

_OPENING = re.compile(r"- Parameter '(?P<section>.+?)': (?P<rest>.*)")
_TRAILER = re.compile(r" \[type=.*")
_REWORDED = {
    "Extra inputs are not permitted": "there is no such parameter; see conf/base/parameters_*.yml",
    "Field required": "is missing; see conf/base/parameters_*.yml",
}


def describe_parameter_errors(report: str) -> str:
    """`section.parameter: what is wrong`, a line for each.

    Args:
        report: The text of Kedro's `ParameterValidationError`.
    """
    return "\n".join(_lines(report)) or report


def _lines(report: str) -> Iterator[str]:
    section, location = "", ""
    for line in report.splitlines():
        opening = _OPENING.match(line)
        if opening:
            section, location = opening["section"], ""
            if "validation error" not in opening["rest"]:
                yield f"{section}: {opening['rest']}"
        elif line.startswith("    "):
            continue  # pydantic's link to its documentation
        elif line.startswith("  "):
            problem = _TRAILER.sub("", line.strip()).removeprefix("Value error, ")
            name = f"{section}.{location}" if location else section
            yield f"{name}: {_REWORDED.get(problem, problem)}"
            location = ""
        else:
            location = line.strip()
