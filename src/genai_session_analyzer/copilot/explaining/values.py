"""Values of a row in words: columns, numbers, arithmetic, parts of a time, choices."""

from collections.abc import Mapping

from sqlglot import exp

from genai_session_analyzer.copilot.explaining.phrases import Words, Writer
from genai_session_analyzer.copilot.wording.names import joined

_ARITHMETIC: dict[type[exp.Expr], str] = {
    exp.Add: "plus",
    exp.Sub: "minus",
    exp.Mul: "times",
    exp.Div: "divided by",
    exp.IntDiv: "divided (whole) by",
    exp.Mod: "modulo",
    exp.DPipe: "followed by",
}


def _column(node: exp.Expr, _: Words) -> str:
    if isinstance(node.this, exp.Star):
        return "every column"
    return f"{node.text('table')}.{node.name}" if node.text("table") else node.name


def _literal(node: exp.Expr, _: Words) -> str:
    return f"'{node.this}'" if node.args["is_string"] else str(node.this)


def _arithmetic(node: exp.Expr, say: Words) -> str:
    return f"{say(node.this)} {_ARITHMETIC[type(node)]} {say(node.expression)}"


def _case(node: exp.Expr, say: Words) -> str:
    start = f"{say(node.this)} is " if node.this else ""
    parts = [f"{say(each.args['true'])} where {start}{say(each.this)}" for each in node.args["ifs"]]
    default = node.args.get("default")
    parts.append(f"else {say(default) if default else 'unknown'}")
    return ", ".join(parts)


def _if(node: exp.Expr, say: Words) -> str:
    other = node.args.get("false")
    otherwise = say(other) if other else "unknown"
    return f"{say(node.args['true'])} where {say(node.this)}, else {otherwise}"


def _truncated(node: exp.Expr, say: Words) -> str:
    return f"the {node.text('unit').lower()} of {say(node.this)}"


def _extract(node: exp.Expr, say: Words) -> str:
    return f"the {say(node.this).lower()} of {say(node.expression)}"


def _interval(node: exp.Expr, _: Words) -> str:
    unit = node.text("unit").lower()
    return f"{node.this.name if node.this else ''} {unit}{'s' if node.this.name != '1' else ''}"


def _coalesce(node: exp.Expr, say: Words) -> str:
    parts = [say(each) for each in (node.this, *node.expressions)]
    return f"{parts[0]} (where unknown: {joined(parts[1:], 'or')})"


def _null_if(node: exp.Expr, say: Words) -> str:
    return f"{say(node.this)} (unknown where it is {say(node.expression)})"


def _inner(node: exp.Expr, say: Words) -> str:
    return say(node.this)


def _name(node: exp.Expr, _: Words) -> str:
    return node.name


VALUES: Mapping[type[exp.Expr], Writer] = {
    exp.Column: _column,
    exp.Identifier: _name,
    exp.Var: _name,
    exp.Star: lambda _node, _say: "every column",
    exp.Literal: _literal,
    exp.Boolean: lambda node, _say: "true" if node.this else "false",
    exp.Null: lambda _node, _say: "unknown",
    exp.Paren: lambda node, say: f"({say(node.this)})",
    exp.Alias: _inner,
    exp.Cast: _inner,
    exp.TryCast: _inner,
    exp.TsOrDsToDate: _inner,
    exp.Date: _inner,
    exp.Round: _inner,
    exp.Neg: lambda node, say: f"minus {say(node.this)}",
    exp.Case: _case,
    exp.If: _if,
    exp.TimestampTrunc: _truncated,
    exp.DateTrunc: _truncated,
    exp.Extract: _extract,
    exp.Interval: _interval,
    exp.Coalesce: _coalesce,
    exp.Nullif: _null_if,
    **dict.fromkeys(_ARITHMETIC, _arithmetic),
}
"""Writers by what they write."""
