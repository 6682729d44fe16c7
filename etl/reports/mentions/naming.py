"""Numbers that name or describe a thing and count none: "№ 6", "24/7", "aged 6 and 11", "5 Main
Street"."""

from etl.reports.text.function_words import is_little
from etl.reports.text.lexicon import Match
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import NUMBER, WORD

# A number with more digits is of a telephone or an account.
_LONGEST = 15
# An age in a list stands so near the word "aged".
_LIST = 40
_TURNS = ("\u202d", "\u202e")  # signs that force a direction on what follows
_STREET = 4  # tokens from "street" to the number of a house
_LEADS_DAYS = ("(", "-")  # before the days of "January (1-19)"
_ONE_OF = 3  # tokens from "one of" to a profession
_UNPAID = ("children", "women", "men", "adults")  # groups that are no profession


def names(scan: Scan, i: int) -> bool:
    """Whether a number names or describes: "№ 6", "24/7", "a town of 12,000", "aged 6 and 11"."""
    return bool(
        scan.before(i, "#")
        or _beside_slash(scan, i)
        or _is_turned(scan, i)
        or (scan.tokens[i].kind == WORD and _is_zero_of_heat(scan, i))
        or _is_size(scan, i)
        or (scan.tokens[i].kind == NUMBER and len(scan.low(i)) > _LONGEST)
        or _is_labelled(scan, i)
        or _is_of_street(scan, i)
        or _is_of_school(scan, i)
        or _is_pronoun(scan, i)
        or _is_listed_age(scan, i)
        or (scan.tokens[i - 1].text in _LEADS_DAYS and _is_days_of_month(scan, i))
    )


def _is_days_of_month(scan: Scan, i: int) -> bool:
    """ "in January (1-19)": the days of a month, alone in brackets behind it."""
    if scan.tokens[i].kind != NUMBER or i < 2:
        return False
    opening = i - 1 if scan.before(i, "(") else i - 3
    if opening < 1:
        return False
    texts = [scan.low(opening + at) for at in (0, 2, 4)]
    return texts == ["(", "-", ")"] and scan.ending("months", opening) is not None


def _is_size(scan: Scan, i: int) -> bool:
    """ "a town of 12,000", "a city of more than three million"."""
    if not scan.of("naming"):
        return False
    bound = scan.ending("bounds", i)
    return any(scan.ending("naming", end, "size") for end in (i, bound.start if bound else i))


def _beside_slash(scan: Scan, i: int) -> bool:
    """ "24/7", "4 / 61"; but "3 dead / 16 wounded" are counted."""
    ahead, behind = scan.before(i, "/"), scan.low(i + 1) == "/"
    counted = scan.at("toll_noun", i + 1) or scan.known_unit(i + 1)
    return behind or (ahead and (scan.glued(i) or not counted))


def _is_zero_of_heat(scan: Scan, i: int) -> bool:
    """The zero of "temperatures stay below | zero"."""
    found = scan.at("temperature", i - 1) if scan.of("temperature") else None
    return found is not None and found.end == i + 1


def _is_turned(scan: Scan, i: int) -> bool:
    """Whether a sign that turns the order of digits around is joined to a number: nobody knows
    which number a person sees."""
    return scan.low(i + 1) in _TURNS or (scan.low(i - 1) in _TURNS and scan.glued(i - 1))


def _is_labelled(scan: Scan, i: int) -> bool:
    """ "No. 6", "number 6", "day 700"; but "that day 700 people" are counted."""
    if scan.before(i, "."):
        return scan.at("naming", i - 2, "sign") is not None
    if ":" in scan.words and scan.low(i + 1) == ":" and scan.at("naming", i - 1, "version"):
        return True  # "UPD 2: eleven hurt"
    if scan.tokens[i].kind != NUMBER:
        return bool(scan.at("naming", i - 1, "label") and scan.mark(i + 1))  # "day two: …"
    label = scan.at("naming", i - 1, "label") and not scan.known_unit(i + 1)
    return bool(label or (scan.at("naming", i - 1, "number") and not _is_their_number(scan, i - 1)))


def _is_their_number(scan: Scan, i: int) -> bool:
    """Whether "number" is a verb: "the dead number 12", "the wounded now number 35"."""
    return any(scan.ending("toll_noun", end) for end in (i, i - 1))


def _is_of_street(scan: Scan, i: int) -> bool:
    """ "вулиця Стрийська, 202", "Main Street, 5", "at 118 Peremohy Avenue": a house's number."""
    for at in range(i + 2, i + _STREET):
        if scan.at("where", at, "plant") and all(
            scan.tokens[k].text[0].isupper() for k in range(i + 1, at)
        ):
            return scan.tokens[at].text[0].isupper()
    if i < _STREET or not scan.before(i, ","):
        return False
    named = any(scan.tokens[at].text[0].isupper() for at in (i - 2, i - 3))
    return named and any(
        (site := scan.at("where", at)) is not None and site.value == "plant"
        for at in range(i - _STREET, i - 1)
    )


def _is_of_school(scan: Scan, i: int) -> bool:
    """ "in school 77", "hospital 17": the number by which one is called."""
    one = scan.ending("singular", i)
    if one is None or one.value != "facility" or scan.tokens[i].kind != NUMBER:
        return False
    return i + 1 >= len(scan.tokens) or scan.mark(i + 1)


def _is_pronoun(scan: Scan, i: int) -> bool:
    """ "no one", "one of the houses"; but "one of them a child" is one."""
    if scan.at("naming", i - 1, "pronoun"):
        return True
    if scan.link("subset", i) or of_a_group(scan, i):
        return False
    single = scan.at("numbers", i, 1) is not None and not scan.known_unit(i + 1)
    if single and (scan.is_article(i - 2) or is_little(scan, i - 2, "definite")):
        last = i + 1 >= len(scan.tokens) or scan.mark(i + 1)
        return last and scan.ending("links", i) is None  # "the night was a quiet one"
    pronouns = (match for match in scan.of("naming") if match.value == "pronoun")
    return any(pronoun.start <= i < pronoun.end for pronoun in pronouns)


def of_a_group(scan: Scan, i: int) -> Match | None:
    """The profession of "one of our energy workers died": a person."""
    if not scan.at("naming", i, "pronoun") or scan.link("subset", i):
        return None
    named = (scan.at("groups", at) for at in range(i + 2, i + 2 + _ONE_OF))
    return next((group for group in named if group and group.value not in _UNPAID), None)


def _joins_ages(scan: Scan, i: int) -> bool:
    return scan.link("and", i) is not None or scan.link("to", i) is not None


def _is_listed_age(scan: Scan, i: int) -> bool:
    """ "aged 6 and 11", "aged 31 to 58", "віком 9, 11 та 14 років"."""
    for j in range(i - 1, i - _LIST, -1):
        if scan.ending("ages", j + 1, "aged"):
            return not scan.known_unit(i + 1) or j < i - 1
        if not (scan.is_number(j) or scan.low(j) in (",", "-") or _joins_ages(scan, j)):
            return scan.ending("ages", j + 1, "aged") is not None
    return False
