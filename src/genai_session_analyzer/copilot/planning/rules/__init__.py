"""What the pieces of a question say: `reading.py` runs all rules, in one order.

About in the order in which the folders come first: raw_text (before the question is cut into
pieces), groups, kept_rows, shares, numbers, ranks, bounds, lists.
"""
