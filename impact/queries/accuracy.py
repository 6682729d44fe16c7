"""How well reports are read, as `make accuracy` measured it: data/accuracy as a table."""

from pathlib import Path

import pandas as pd

from impact.model.indicators import INDICATORS
from impact.model.language import N_, Words
from impact.model.rows import Row, records

TABLE = Path(__file__).parents[2] / "data" / "accuracy" / "accuracy.csv"

SETS = {
    "never looked at": N_("kept apart"),
    "looked at": N_("looked at"),
    "looked at longest": N_("looked at longest"),
}
GENRES = {
    "un": N_("updates of the UN and of aid organisations"),
    "official": N_("daily summaries of officials and rescue services"),
    "utility": N_("energy and water companies"),
    "telegram": N_("Telegram posts"),
    "table": N_("tables in running text"),
    "wire": N_("news agencies"),
    "saved page": N_("saved web pages with menus"),
}
ALL_LANGUAGES = N_("both languages")
ALL_GENRES = N_("all kinds of reports")
ALL = N_("all indicators")
EXPLAINED = (
    N_(
        "The reports are real pages told again in other words, and some that were made up in the "
        "same forms. Whoever labelled them had not seen the reader."
    ),
    N_(
        "Judge the reader by the reports that are kept apart: the others were looked at while it "
        "was improved, 70 of them the longest."
    ),
    N_(
        "Found: the reader gives the indicator and the number that the label has. Whole: unit, "
        "place, date, status and people agree too."
    ),
    N_(
        "Precision is the share of the reader's figures that are right, recall the share of the "
        "labels that it finds; F1 lies between the two. In brackets: between which values it lies "
        "with 95 % confidence, had other reports been drawn."
    ),
    N_(
        "A second careful reader agreed with the labels of 40 reports at F1 0.98 for found and "
        "0.88 for whole figures."
    ),
    N_(
        "Web pages as they stand are harder than these texts. In December 2026 a fifth of 1,236 "
        "figures from the beginnings of some 280 pages had a wrong number, place, day or period; "
        "the commonest faults were mended afterwards."
    ),
    N_("No figure of a report is published unread: a person checks each against its sentence."),
)


def table(words: Words) -> pd.DataFrame:
    """One row a set of reports and group of labels; shares in percent."""
    rows = pd.read_csv(TABLE, keep_default_na=False)

    def shares(name: str) -> list[str]:
        return [words.percent(share) for share in rows[name]]

    def scores(name: str, interval: str) -> list[str]:
        return [_score(row, name, interval, words) for row in records(rows)]

    return pd.DataFrame(
        {
            words._("Reports"): [words._(SETS[each]) for each in rows["set"]],
            words._("Written in"): [_language(each, words) for each in rows["language"]],
            words._("Kind of report"): [_genre(each, words) for each in rows["genre"]],
            words._("Indicator"): [_indicator(each, words) for each in rows["indicator"]],
            words._("F1, found"): scores("f1", "f1"),
            words._("F1, whole"): scores("whole_f1", "whole"),
            words._("Precision"): shares("precision"),
            words._("Recall"): shares("recall"),
            words._("Number of reports"): rows["reports"],
            words._("Labels"): rows["labels"],
            words._("Found"): rows["found"],
            words._("Missed"): rows["missed"],
            words._("Wrongly given"): rows["spurious"],
        }
    )


def _score(row: Row, name: str, interval: str, words: Words) -> str:
    """A score with its interval: "70.6 % (64–77 %)"."""
    low, high = (words.percent(row[f"{interval}_{end}"]) for end in ("low", "high"))
    return f"{words.percent(row[name])} ({low} – {high})"


def _language(code: str, words: Words) -> str:
    return words._(ALL_LANGUAGES) if code == "all" else words.tongue(code)


def _genre(name: str, words: Words) -> str:
    genre = ALL_GENRES if name == "all" else GENRES[name]
    return words._(genre)


def _indicator(name: str, words: Words) -> str:
    return words._(ALL) if name == "all" else INDICATORS[name].title[words.language]
