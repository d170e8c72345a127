"""What is computed of many rows, in words: counts, means, percentiles, ranks, windows."""

from collections.abc import Mapping

from sqlglot import exp

from genai_session_analyzer.copilot.explaining.phrases import Words, Writer, sort_key
from genai_session_analyzer.copilot.wording.names import joined

_AGGREGATES: dict[type[exp.Expr], str] = {
    exp.Avg: "mean of",
    exp.Sum: "sum of",
    exp.Min: "smallest",
    exp.Max: "largest",
    exp.Median: "median of",
    exp.Stddev: "standard deviation of",
    exp.StddevSamp: "standard deviation of",
    exp.StddevPop: "standard deviation (of all) of",
    exp.Lag: "value in the row before of",
    exp.Lead: "value in the next row of",
    exp.First: "first",
    exp.FirstValue: "first",
    exp.LastValue: "last",
}
_RANKS: dict[type[exp.Expr], str] = {
    exp.RowNumber: "number of the row",
    exp.Rank: "rank",
    exp.DenseRank: "rank without gaps",
}


def _count(node: exp.Expr, say: Words) -> str:
    counted = node.this
    if isinstance(counted, exp.Distinct):
        return f"the number of different {joined([say(e) for e in counted.expressions])}"
    if counted is None or isinstance(counted, exp.Star | exp.Literal):
        return "the number of rows"
    return f"the number of rows with a known {say(counted)}"


def _count_if(node: exp.Expr, say: Words) -> str:
    return f"the number of rows where {say(node.this)}"


def _aggregate(node: exp.Expr, say: Words) -> str:
    inner = node.this
    if isinstance(inner, exp.Distinct):
        return f"the {_AGGREGATES[type(node)]} of the different {say(inner.expressions[0])}"
    return f"the {_AGGREGATES[type(node)]} {'' if inner is None else say(inner)}".strip()


def _rank(node: exp.Expr, _: Words) -> str:
    return f"the {_RANKS[type(node)]}"


def _percentile(node: exp.Expr, say: Words) -> str:
    share = node.args.get("expression") or node.args.get("quantile")
    if isinstance(share, exp.Literal) and not share.is_string:
        return f"the {float(share.this) * 100:g}th percentile of {say(node.this)}"
    return f"the percentile {say(share) if share else ''} of {say(node.this)}"


def _filter(node: exp.Expr, say: Words) -> str:
    return f"{say(node.this)} (only where {say(node.expression.this)})"


def _window(node: exp.Expr, say: Words) -> str:
    text = say(node.this)
    groups = node.args.get("partition_by") or []
    order = node.args.get("order")
    if groups:
        text += f" within each {joined([say(each) for each in groups])}"
    if order:
        text += f" along {joined([sort_key(each, say) for each in order.expressions])}"
    return text if groups or order else f"{text} over all rows"


AGGREGATES: Mapping[type[exp.Expr], Writer] = {
    exp.Count: _count,
    exp.CountIf: _count_if,
    exp.PercentileCont: _percentile,
    exp.PercentileDisc: _percentile,
    exp.Quantile: _percentile,
    exp.Filter: _filter,
    exp.Window: _window,
    **dict.fromkeys(_AGGREGATES, _aggregate),
    **dict.fromkeys(_RANKS, _rank),
}
"""Writers by what they write."""
