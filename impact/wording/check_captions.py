"""What has become of a figure, in words."""

from impact.model import vocabulary
from impact.model.language import N_, Words
from impact.model.places import PLACES
from impact.model.rows import Row
from impact.queries.checking import Standing
from impact.wording import captions, change_captions

_LEADS = N_("It is published, and leads: charts show it.")
_DOUBTED = N_("It is published and in doubt: it does not lead.")
_STANDS = N_("It is published beside others that go before it by the rule: it does not lead.")


def stated(standing: Standing, words: Words) -> str:
    """What the figure said, and who said it: "Kyiv, 24 January 2026, lost heating: 3,300 buildings
    (Klitschko, mayor of Kyiv, via UNN)"; of one that is no longer published as the log has it."""
    if standing.now:
        return _said(standing.now, words)
    own = [each for each in standing.log if each.log and _is(each.log, standing.figure_id)]
    return change_captions.sentence((own or list(standing.log))[0], words)


def stands(standing: Standing, words: Words) -> str:
    """Whether it is published now, and whether it leads."""
    now, leads = standing.now, standing.leads
    if now is None:
        return words._("It is no longer published: see below who changed it, and why.")
    if now["doubted"]:
        return words._(_DOUBTED)
    if leads and leads["figure_id"] == now["figure_id"]:
        return words._(_LEADS)
    return words._(_STANDS)


def leading(standing: Standing, words: Words) -> str:
    """What leads now, and who says it; empty where nothing does."""
    return _said(standing.leads, words) if standing.leads else ""


def _said(row: Row, words: Words) -> str:
    sentence = words._(
        "{place}, {day}, {what}: {numbers}",
        place=PLACES[row["place"]].name(words.language),
        day=words.stated(row["date"]),
        what=captions.what(row, words),
        numbers=vocabulary.amount(row, words),
    )
    return f"{sentence} ({captions.via(row, words)})"


def _is(line: Row, figure_id: str) -> bool:
    return bool(line["figure_id"] == figure_id)
