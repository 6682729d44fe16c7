"""Where the country's toll and the sum of its places differ, in words: reconciliation.sql."""

from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import N_, Words
from impact.model.rows import Row
from impact.wording import captions, markup
from impact.wording.markup import Html, Link

# What may explain that the two differ.
EXPLAINED = {
    "rivals": N_("other statements about the places fit it"),
    "held": N_("tolls that may be another day's are not in the sum"),
    "silent": N_("some places may not have reported"),
    "older": N_("the country's number may be of an earlier hour"),
}


def sentence(row: Row, words: Words, link: Link) -> Html:
    """ "Injured: 31 said of the whole country (Ihor Klymenko), 23 added up from 3 places. What may
    explain it: …". The first number is a way to its claim.

    row  as impact.queries.nights.reconciled gives it
    """
    told = markup.prose(
        words._("{what}: {said} said of the whole country ({who}), {places}."),
        what=markup.plain(INDICATORS[row["indicator"]].title[words.language]),
        said=link(_said(row, words), row["claim"]),
        who=markup.plain(captions.said_by(row, words)),
        places=markup.plain(_added_up(row, words)),
    )
    reasons = "; ".join(words._(EXPLAINED[each]) for each in row["explained_by"])
    if not reasons:
        return told
    why = words._("What may explain it: {reasons}.", reasons=reasons)
    return markup.joined(" ", (told, markup.plain(why)))


def of_day(row: Row, words: Words, link: Link, to_night: Link) -> Html:
    """The same with its day, which leads to the night."""
    day = row["day"].date()
    night = to_night(words.day(day), day.isoformat())
    return markup.joined(" · ", (night, sentence(row, words, link)))


def counted(differing: int, compared: int, words: Words) -> str:
    """On how many of the days that have both numbers they differ."""
    return words.plural(
        "On {count} of {all} days with both, the number said of the whole country and the sum of "
        "the places differ. They are never added.",
        "On {count} of {all} days with both, the number said of the whole country and the sum of "
        "the places differ. They are never added.",
        differing,
        all=words.number(compared),
    )


def _said(row: Row, words: Words) -> str:
    stated = {"value": row["said"], "bound": row["said_bound"], "unit": "people"}
    return vocabulary.amount(stated, words, unit=False)


def _added_up(row: Row, words: Words) -> str:
    return words.plural(
        "{sum} added up from {count} place",
        "{sum} added up from {count} places",
        row["reporting"],
        sum=words.number(row["places"]),
    )
