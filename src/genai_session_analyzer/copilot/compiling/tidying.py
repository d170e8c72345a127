"""Taking out of Ibis's SQL what makes it exact on any engine and hard to read.

The results stay equal to 6 decimals; a test holds every measure to that.
"""

from collections.abc import Callable

from sqlglot import exp

Rule = Callable[[exp.Expr], exp.Expr | None]


def tidied(aggregate: exp.Expr) -> exp.Expr:
    """Return an aggregate without needless casts, COALESCEs and parentheses.

    Args:
        aggregate: As Ibis writes it, columns without table names; changed.
    """
    for rule in (_cast, _coalesced_count, _paren, _known_count, _mean, _is_not_null):
        aggregate = _everywhere(aggregate, rule)
    return aggregate


def _everywhere(tree: exp.Expr, rule: Rule) -> exp.Expr:
    """Apply a rule from the leaves up; it returns what a node becomes, None to leave it."""
    for node in reversed(list(tree.walk())):
        becomes = rule(node)
        if becomes is None:
            continue
        if node is tree:
            tree = becomes.copy()
        else:
            node.replace(becomes.copy())
    return tree


def _cast(node: exp.Expr) -> exp.Expr | None:
    """Sums add doubles and integers as they are, instead of decimals."""
    if not isinstance(node, exp.Cast):
        return None
    in_a_sum = node.find_ancestor(exp.Sum) is not None and node.is_type("decimal")
    return node.this if in_a_sum or isinstance(_inside(node), exp.Sum) else None


def _inside(node: exp.Expr) -> exp.Expr:
    while isinstance(node, exp.Cast | exp.Filter):
        node = node.this
    return node


def _coalesced_count(node: exp.Expr) -> exp.Expr | None:
    """A count is never null."""
    is_count = isinstance(node, exp.Coalesce) and isinstance(_inside(node.this), exp.Count)
    return node.this if is_count else None


def _paren(node: exp.Expr) -> exp.Expr | None:
    """Comparisons need none between AND and OR."""
    is_comparison = isinstance(node, exp.Paren) and isinstance(node.this, exp.Predicate | exp.Not)
    return node.this if is_comparison else None


def _known_count(node: exp.Expr) -> exp.Expr | None:
    """`COUNT(*) FILTER (WHERE x IS NOT NULL)` is `COUNT(x)`."""
    if not (isinstance(node, exp.Filter) and isinstance(node.this, exp.Count)):
        return None
    condition = node.expression.this
    if not (_is_known(condition) and isinstance(condition.this.this, exp.Column)):
        return None
    return exp.Count(this=condition.this.this.copy())


def _is_known(node: exp.Expr) -> bool:
    is_not = isinstance(node, exp.Not) and isinstance(node.this, exp.Is)
    return is_not and isinstance(node.this.expression, exp.Null)


def _mean(node: exp.Expr) -> exp.Expr | None:
    """`SUM(x) / NULLIF(COUNT(x), 0)` is `AVG(x)`."""
    if not (isinstance(node, exp.Div) and isinstance(node.expression, exp.Nullif)):
        return None
    total, count = node.this, node.expression.this
    both = isinstance(total, exp.Sum) and isinstance(count, exp.Count)
    return exp.Avg(this=total.this.copy()) if both and total.this == count.this else None


def _is_not_null(node: exp.Expr) -> exp.Expr | None:
    """`NOT x IS NULL` is `x IS NOT NULL`."""
    if not _is_known(node):
        return None
    return exp.Is(this=node.this.this.copy(), expression=exp.Not(this=exp.Null()))
