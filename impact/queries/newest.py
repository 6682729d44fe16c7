"""The numbers that became known last."""

from collections.abc import Sequence

import pandas as pd

from impact.queries.conflicts import COUNTED
from impact.rules.headline import DEFAULT_RULE
from impact.rules.headline import known as _known
from impact.store.reader import Reader


def newest(
    reader: Reader, places: Sequence[str], most: int, rule: str = DEFAULT_RULE
) -> pd.DataFrame:
    """So many of the leading numbers of some places that became known last, the latest first.

    What leads a claim only says what is known: a later rival that does not lead is no news here.
    Of what became known at one moment the later day comes first, then the graver indicator, then
    the larger number.
    """
    return reader.query(
        f"""FROM figures
            WHERE rank_{_known(rule)} = 0 AND NOT doubted AND value IS NOT NULL AND published <> ''
              AND place IN (SELECT unnest($places)) AND indicator IN (SELECT unnest($indicators))
            ORDER BY known_from DESC, day_end DESC, list_position($indicators, indicator),
                     value DESC, figure_id
            LIMIT $most""",
        {"places": list(places), "indicators": list(COUNTED), "most": most},
    )
