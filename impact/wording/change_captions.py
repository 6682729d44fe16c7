"""What changed, in words: how many of each kind, and the list old → new."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import pandas as pd

from impact.model import vocabulary
from impact.model.language import Words
from impact.model.places import PLACES
from impact.queries.changes import KINDS, Change
from impact.wording import captions


def counted(found: Sequence[Change], words: Words, since: date | None = None) -> str:
    """ "35 numbers changed (new: 30, revised: 5)"; since which day, where that is told."""
    often = Counter(change.kind for change in found)
    kinds = [
        f"{words._(KINDS[kind])}: {words.number(often[kind])}" for kind in KINDS if often[kind]
    ]
    if since is None:
        count = words.plural("{count} number changed", "{count} numbers changed", len(found))
    else:
        count = words.plural(
            "{count} number changed since {day}",
            "{count} numbers changed since {day}",
            len(found),
            day=words.day(since),
        )
    return f"{count} ({', '.join(kinds)})."


def table(found: Sequence[Change], words: Words) -> pd.DataFrame:
    """The changes as people read them, in their order; times are Kyiv's."""
    return pd.DataFrame([_row(change, words) for change in found])


def _row(change: Change, words: Words) -> dict[str, str]:
    about, log = change.about, change.log
    said = change.now or change.was
    return {
        words._("What changed"): words._(KINDS[change.kind]),
        words._("Place"): PLACES[about["place"]].name(words.language),
        words._("Date"): words.stated(about["date"]),
        words._("What"): _what(change, words),
        words._("Was"): was(change, words),
        words._("Is"): now(change, words),
        words._("Said by"): captions.via(said, words) if said else "",
        words._("Changed by"): log["who"] if log else "",
        words._("Why"): log["reason"] if log else "",
        words._("Known since"): words.time(change.at),
        words._("Page"): about["url"],
    }


def sentence(change: Change, words: Words) -> str:
    """ "Kyiv, 24 January 2026, lost heating: 320,000 buildings → 6,000 buildings"."""
    about = change.about
    numbers = " → ".join(each for each in (was(change, words), now(change, words)) if each)
    return words._(
        "{place}, {day}, {what}: {numbers}",
        place=PLACES[about["place"]].name(words.language),
        day=words.stated(about["date"]),
        what=_what(change, words),
        numbers=numbers,
    )


def was(change: Change, words: Words) -> str:
    """The number before; empty of a new one."""
    if change.was:
        return vocabulary.amount(change.was, words)
    return _logged(change, "was", words)


def now(change: Change, words: Words) -> str:
    """The number now; empty where none stands any more."""
    if change.now:
        return vocabulary.amount(change.now, words)
    return _logged(change, "now", words)


def _logged(change: Change, name: str, words: Words) -> str:
    """A number as the log has it."""
    if change.log is None or pd.isna(change.log[name]):
        return ""
    exact = {"value": change.log[name], "bound": "exact", "unit": change.log["unit"]}
    return vocabulary.amount(exact, words)


def _what(change: Change, words: Words) -> str:
    return captions.what({"part": "", **change.about}, words)
