"""How well reports are read, as `make accuracy` measured it: data/accuracy as a table."""

from pathlib import Path

import pandas as pd

from impact.model.indicators import INDICATORS
from impact.model.language import N_, Words

TABLE = Path(__file__).parents[2] / "data" / "accuracy" / "accuracy.csv"

SETS = {
    "labelled by a person": N_("70 real reports, labelled by a person"),
    "restated from sourced figures": N_("72 reports restated from sourced figures"),
    "written for the test": N_("120 reports written for the test, more varied"),
}
ALL_LANGUAGES = N_("both languages")
ALL = N_("all indicators")
EXPLAINED = (
    N_(
        "Found: the reader gives the indicator and the number that the label has. Whole: unit, "
        "place, date, status and people agree too."
    ),
    N_(
        "Precision is the share of the reader's figures that are right, recall the share of the "
        "labels that it finds; F1 lies between the two."
    ),
    N_(
        "A second careful reader agreed with the labels of the 70 reports at F1 0.98 for found "
        "and 0.88 for whole figures."
    ),
    N_("No figure of a report is published unread: a person checks each against its sentence."),
)


def table(words: Words) -> pd.DataFrame:
    """One row a set of reports and group of labels; shares in percent."""
    rows = pd.read_csv(TABLE, keep_default_na=False)

    def shares(name: str) -> list[str]:
        return [words.percent(share) for share in rows[name]]

    return pd.DataFrame(
        {
            words._("Reports"): [words._(SETS[each]) for each in rows["set"]],
            words._("Written in"): [_language(each, words) for each in rows["language"]],
            words._("Indicator"): [_indicator(each, words) for each in rows["indicator"]],
            words._("Labels"): rows["labels"],
            words._("Found"): rows["found"],
            words._("Missed"): rows["missed"],
            words._("Wrongly given"): rows["spurious"],
            words._("Precision"): shares("precision"),
            words._("Recall"): shares("recall"),
            words._("F1, found"): shares("f1"),
            words._("F1, whole"): shares("whole_f1"),
        }
    )


def _language(code: str, words: Words) -> str:
    return words._(ALL_LANGUAGES) if code == "all" else words.tongue(code)


def _indicator(name: str, words: Words) -> str:
    return words._(ALL) if name == "all" else INDICATORS[name].title[words.language]
