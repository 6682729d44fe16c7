"""Reasons why a row or a cell of a table gives no figure. Each reason is a sentence.

The text of the cell follows after a colon, so that the sentence itself can be translated.
"""

from impact.model.language import N_

NO_VALUE = N_("No value in this row")
ERROR_CELL = N_("The spreadsheet shows an error instead of a number")
NO_NUMBER = N_("No number that can be read")
TWO_READINGS = N_("The dot can mean thousands or a decimal: write the number without it")
SCALED_TWICE = N_("The heading counts in thousands or more, so this number can mean two things")
TOO_FAR = N_("The heading that counts in thousands stands too far above: write the whole number")
MERGED = N_("One number in a merged cell: it belongs to none of its rows or columns alone")
A_SHARE = N_("A percentage is no count")
NOT_WHOLE = N_("A fraction of a count: no unit here comes in parts")
NO_INDICATOR = N_("The table counts nothing that is kept here, or does not say what it counts")
NO_UNIT = N_("The table does not say in which unit it counts")
NO_STATUS = N_("The status is not lost, without or restored")
NO_PLACE = N_("The table does not say for which place")
NO_DATE = N_("The table does not say for which date")
BAD_DATE = N_("No date that can be read")
UNKNOWN_PLACE = N_("No place is called like this; the closest are named after the arrow")
MANY_PLACES = N_("Several places are called like this; they are named after the arrow")
FOREIGN = N_("The place is outside Ukraine")
OCCUPIED = N_("The place is occupied; no claims about it are kept")
A_TOTAL = N_("A total that does not name the place it is for")
TOO_LONG = N_("More cells than columns: a separator may stand inside a cell")
IN_NEED = N_("People in need or reached, not an impact")
UNREAD_HEADER = N_("The header above this row is not understood")
BROKEN_RULE = N_("The row breaks a rule of the record")

# Field that a number lacks -> the reason why its row is refused. For other fields: NO_INDICATOR.
LACKING = {
    "place": NO_PLACE,
    "date": NO_DATE,
    "indicator": NO_INDICATOR,
    "unit": NO_UNIT,
    "status": NO_STATUS,
}

_LONGEST = 60  # the most characters of a cell that a reason repeats


class Refusal(ValueError):
    """A row or a cell gives no figure.

    args  one of the reasons above; then, if needed, the text that it speaks of
    """

    def __str__(self) -> str:
        return ": ".join(str(each) for each in self.args if each)


def brief(text: str) -> str:
    """The beginning of a cell's text, short enough for a reason."""
    return text[:_LONGEST]
