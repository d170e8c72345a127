"""Rounding that gives the same bytes on every engine."""

import ibis.expr.types as ir


def rounded(value: ir.FloatingValue, decimals: int) -> ir.FloatingValue:
    """Return the value to so many decimals, halves up; null stays null.

    SQL's ROUND is not used: of a half, such as 17.06245, DuckDB asks the binary fraction and Spark
    the printed one, and a friction score in a hundred ended on another last digit. Multiplying,
    adding and cutting off is the same arithmetic everywhere.

    Args:
        value: Floats below 9e18 / 10^decimals in size, not NaN.
        decimals: Digits after the point, 0 or more.
    """
    scale = 10.0**decimals
    # Spark divides a whole number by a constant as decimals, unless told that it is a float.
    return (value * scale + 0.5).floor().cast("float64") / scale
