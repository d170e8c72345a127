"""Conditions in words: comparisons, membership, what is known, and these together."""

from collections.abc import Mapping

from sqlglot import exp

from genai_session_analyzer.copilot.explaining.phrases import Words, Writer, short_query
from genai_session_analyzer.copilot.wording.names import joined

_COMPARISONS: dict[type[exp.Expr], str] = {
    exp.EQ: "is",
    exp.NEQ: "is not",
    exp.GT: "is above",
    exp.GTE: "is at least",
    exp.LT: "is below",
    exp.LTE: "is at most",
    exp.Like: "looks like",
    exp.ILike: "looks like (in any case)",
    exp.NullSafeEQ: "is (unknown counts as a value)",
    exp.NullSafeNEQ: "is not (unknown counts as a value)",
}
_NEGATED = {
    "is": "is not",
    "is not": "is",
    "looks like": "does not look like",
    "looks like (in any case)": "does not look like (in any case)",
}


def _comparison(node: exp.Expr, say: Words) -> str:
    return f"{say(node.this)} {_COMPARISONS[type(node)]} {say(node.expression)}"


def _and(node: exp.Expr, say: Words) -> str:
    return " and ".join(_bracketed(each, say) for each in node.flatten())


def _or(node: exp.Expr, say: Words) -> str:
    return " or ".join(_bracketed(each, say) for each in node.flatten())


def _bracketed(node: exp.Expr, say: Words) -> str:
    words = say(node.unnest())
    return f"({words})" if isinstance(node.unnest(), exp.And | exp.Or) else words


def _not(node: exp.Expr, say: Words) -> str:
    inner = node.this.unnest()
    if isinstance(inner, exp.Exists):
        return f"there is no row of: {short_query(inner.this)}"
    if isinstance(inner, exp.Is):
        return f"{say(inner.this)} is known" if _is_null(inner) else _is(inner, say, "is not")
    if isinstance(inner, exp.In):
        return _in(inner, say, "is none of")
    word = _NEGATED.get(_COMPARISONS.get(type(inner), ""))
    if word:
        return f"{say(inner.this)} {word} {say(inner.expression)}"
    return f"it is not so that {_bracketed(inner, say)}"


def _is_null(node: exp.Expr) -> bool:
    return isinstance(node.expression, exp.Null)


def _is(node: exp.Expr, say: Words, word: str = "is") -> str:
    if _is_null(node):
        return f"{say(node.this)} is unknown"
    return f"{say(node.this)} {word} {say(node.expression)}"


def _in(node: exp.Expr, say: Words, word: str = "is one of") -> str:
    if node.args.get("query") is not None:
        return f"{say(node.this)} {word} what this gives: {short_query(node.args['query'])}"
    values = [say(each) for each in node.expressions]
    return f"{say(node.this)} {word} {joined(values, 'or')}"


def _between(node: exp.Expr, say: Words) -> str:
    low, high = say(node.args["low"]), say(node.args["high"])
    return f"{say(node.this)} is from {low} to {high}"


def _exists(node: exp.Expr, _: Words) -> str:
    return f"there is a row of: {short_query(node.this)}"


CONDITIONS: Mapping[type[exp.Expr], Writer] = {
    exp.And: _and,
    exp.Or: _or,
    exp.Not: _not,
    exp.Is: _is,
    exp.In: _in,
    exp.Between: _between,
    exp.Exists: _exists,
    **dict.fromkeys(_COMPARISONS, _comparison),
}
"""Writers by what they write."""
