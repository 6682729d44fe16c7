"""Examples -> weights, by the logistic regression of scikit-learn.

scikit-learn is needed to learn and for nothing else: the extra "train" of pyproject.toml has it.
"""

import hashlib
import importlib.util
from collections import Counter
from collections.abc import Mapping, Sequence

from etl.learning.examples import Example
from etl.reports.weighing.weights import ALWAYS, Weights

# A feature that fewer numbers have says too little to be kept.
_SEEN = 5
# How much large weights are held down; the same for every feature.
_HOLD = 1.0
_SMALLEST = 0.2  # a weight nearer to zero is left out of the table
_STEPS = 1_000  # after so many the regression has long come to rest
FOLDS = 5

MISSING = (
    "scikit-learn is not installed: it is needed to learn, not to read. "
    "pip install -r requirements-train.lock"
)


class NoTrainer(RuntimeError):
    """scikit-learn is not installed."""


def ready() -> None:
    """Raises NoTrainer with a sentence for the user where scikit-learn is not installed."""
    if importlib.util.find_spec("sklearn") is None:
        raise NoTrainer(MISSING)


def fit(examples: Sequence[Example]) -> Weights:
    """The weights that the examples give; the same examples give the same weights, in any order.

    Raises NoTrainer without scikit-learn, ValueError where all examples are of one kind.
    """
    ready()
    from sklearn.linear_model import LogisticRegression

    examples = sorted(examples)
    kinds = sorted({each.kind for each in examples})
    if len(kinds) < 2:
        raise ValueError("all numbers are of one kind: there is nothing to tell apart")
    columns = names(examples, _SEEN)
    model = LogisticRegression(C=_HOLD, max_iter=_STEPS)
    model.fit(matrix(examples, columns), [each.kind for each in examples])
    return _weights(model, columns)


def names(examples: Sequence[Example], least: int) -> list[str]:
    """The features that so many examples have, in order."""
    counted = Counter(name for each in examples for name in {*each.features})
    return sorted(name for name, times in counted.items() if times >= least)


def matrix(examples: Sequence[Example], names: Sequence[str]):  # type: ignore[no-untyped-def]
    """A row an example, a column a feature: 1 where the example has it."""
    from scipy.sparse import csr_matrix

    column = {name: at for at, name in enumerate(names)}
    columns, ends = [], [0]
    for each in examples:
        columns += sorted({column[name] for name in each.features if name in column})
        ends.append(len(columns))
    return csr_matrix(([1.0] * len(columns), columns, ends), (len(examples), len(names)))


def _weights(model, names: Sequence[str]) -> Weights:  # type: ignore[no-untyped-def]
    """A fitted model as a table. Of two kinds the model has weights of the second alone."""
    kinds, rows, always = list(model.classes_), model.coef_, model.intercept_
    if len(kinds) == 2:
        kinds = kinds[1:]
    table: dict[str, dict[str, float]] = {ALWAYS: {}}
    for kind, row, base in zip(kinds, rows, always, strict=True):
        table[ALWAYS][kind] = round(float(base), 2)
        for name, weight in zip(names, row, strict=True):
            if abs(weight) >= _SMALLEST:
                table.setdefault(name, {})[kind] = round(float(weight), 2)
    return Weights(table)


def fold(group: str) -> int:
    """Which of FOLDS parts a report belongs to; reports of one group belong to the same."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % FOLDS


def crossed(by_group: Mapping[str, Sequence[Example]]) -> list[Weights]:
    """For each part the weights of all other parts, so that a report is weighed by weights that
    have not seen it. Raises as `fit` does."""
    return [
        fit([each for group, some in by_group.items() if fold(group) != part for each in some])
        for part in range(FOLDS)
    ]
