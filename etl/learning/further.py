"""Weights that go on from others: what reviewers decided moves them no further than it says.

The loss is that of fit.py, with the given weights in the place of zero: a weight of which the
examples say nothing stays as it was.
"""

from collections.abc import Sequence

import numpy as np

from etl.learning import fit
from etl.learning.examples import Example
from etl.reports.weighing.weights import ALWAYS, Weights

# How far a weight may move: less than in fit.py, because decisions are few.
_HOLD = 0.3
# A feature that fewer decided numbers have moves nothing.
_SEEN = 2
_SMALLEST = 0.05  # a smaller change is none


def further(weights: Weights, examples: Sequence[Example]) -> Weights:
    """The weights, moved by examples; the same examples move them the same way.

    Raises fit.NoTrainer without scikit-learn, which brings what minimizes the loss.
    """
    fit.ready()
    from scipy.optimize import minimize

    examples = sorted(examples)
    kinds = sorted({*weights.kinds, *(each.kind for each in examples)})
    names = [ALWAYS, *fit.names(examples, _SEEN)]
    rows = fit.matrix([Example((ALWAYS, *each.features), each.kind) for each in examples], names)
    begun = np.array([weights.sums(each.features, kinds) for each in examples])
    right = np.zeros_like(begun)
    right[np.arange(len(examples)), [kinds.index(each.kind) for each in examples]] = 1.0

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        moved = flat.reshape(len(names), len(kinds))
        sums = begun + rows @ moved
        sums -= sums.max(axis=1, keepdims=True)
        chances = np.exp(sums)
        total = chances.sum(axis=1, keepdims=True)
        chances /= total
        missed = (np.log(total).ravel() - (sums * right).sum(axis=1)).sum()
        slope = rows.T @ (chances - right) + moved / _HOLD
        return float(missed + (moved**2).sum() / (2 * _HOLD)), slope.ravel()

    found = minimize(loss, np.zeros(len(names) * len(kinds)), jac=True, method="L-BFGS-B")
    return _moved(weights, names, kinds, found.x.reshape(len(names), len(kinds)))


def _moved(weights: Weights, names: Sequence[str], kinds: Sequence[str], by: np.ndarray) -> Weights:
    table = {name: {**of} for name, of in weights.table.items()}
    for name, row in zip(names, by, strict=True):
        for kind, change in zip(kinds, row, strict=True):
            if abs(change) >= _SMALLEST:
                of = table.setdefault(name, {})
                of[kind] = round(of.get(kind, 0.0) + float(change), 2)
    return Weights(table)
