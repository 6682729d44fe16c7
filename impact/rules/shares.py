"""When a number is no share of a whole.

A part is never more than its whole. Where it is, one of the two was counted otherwise: customers
are firms too, people left, a first count was not of all. Then no share is shown: the number stands
as said, with words that name the whole which it exceeds (impact/wording/shares.py).
"""

from collections.abc import Iterable


def fit(shares: Iterable[float]) -> bool:
    """Whether numbers may be shares of one whole; of ranges the lowest ends are asked. 1 is all."""
    return all(share <= 1 for share in shares)
