"""Which of a sentence's places a number belongs to, told by what stands between them."""

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.places import UKRAINE, Mention, is_included
from etl.reports.mentions.trigger import Trigger
from etl.reports.resolution.claims import NAMING, ParsedSentence, end_of
from etl.reports.resolution.meant_place import resolve
from etl.reports.text.function_words import is_little
from impact.model.places import PLACES, Place, contains, own_oblast

# How far apart words, numbers and marks put a number and a place. A place that opens its clause
# governs what follows; otherwise one behind a number is nearer than one before it.
_FARTHEST = 60.0
_ASIDE = 12.0  # a place that is only somebody's office
_COUNTRY = 1.5  # Ukraine, where a part of it is named too
_LIST = 3  # places with only commas between them that make a list
_BEHIND_LIST = 4  # tokens from a list of places to the number that it governs
_OF_DISTRICTS = 12  # tokens from a name to the districts that it is one of
_OTHERS = 5  # tokens from the last place of a list to "other villages"
_OTHER_CLAUSE = 70.0
_BESIDE = 0.2  # a place that ends the part of its number
_BRACKETED = 4  # tokens from a number in brackets to their end: "(61 тис.)"
_BRACKETS = 300  # words that the end of a place's brackets counts for
_GOVERNS_ITS_OWN = 50.0
_TO_ELSEWHERE = (0, 1, 2)  # tokens from "elsewhere" to the country


def governing(sentence: ParsedSentence, number: Number) -> Mention | None:
    """The place that a number belongs to; None if none is near."""
    if told := _of_clause(sentence, number):
        return told
    best, least = None, _FARTHEST
    for mention in sentence.places:
        if resolve(sentence, mention):
            distance = _distance(sentence, mention, number)
            distance += _ASIDE * mention.aside + _COUNTRY * (mention.pcode == UKRAINE)
            distance += _ASIDE * (mention.aside and is_included(sentence.scan, mention))
            distance += _OTHER_CLAUSE * _is_elsewhere(sentence, mention)
            if distance < least:
                best, least = mention, distance
    placed = sentence.context.begun and sentence.context.place
    return None if placed and least == _GOVERNS_ITS_OWN else best


def _is_elsewhere(sentence: ParsedSentence, mention: Mention) -> bool:
    """Whether the country is only led over to, and the sentence says where in it: "elsewhere in
    | Ukraine, a drone killed two in the Sumy region"."""
    if mention.pcode != UKRAINE:
        return False
    led = any(is_little(sentence.scan, mention.start - i, "elsewhere") for i in _TO_ELSEWHERE)
    others = (each for each in sentence.places if each.start >= mention.end and not each.aside)
    return led and any(each.pcode != UKRAINE for each in others)


def _of_clause(sentence: ParsedSentence, number: Number) -> Mention | None:
    """The place that a clause with a number says more of: "in Zaporizhzhia, where 24 were hurt"."""
    for clause in sentence.relative_clauses:
        if number.start in clause:
            return next((m for m in sentence.places if m.end == clause.start - 1), None)
    return None


def own_place(sentence: ParsedSentence, number: Number) -> Mention | None:
    """A place right beside a number, before any mark: "five in Kharkiv", "Odesa five"."""
    end = _past_part(sentence, end_of(number))
    beside = None
    for mention in sentence.places:
        behind = mention.start >= number.end and _begin(sentence, mention) - end <= 3
        if behind and _unbroken(sentence, end, mention.start):
            told = any(sentence.scan.link("and", i) for i in range(end, mention.start))
            return beside or mention if told else mention
        ahead = mention.end <= number.start <= mention.end + 2
        if ahead and _unbroken(sentence, mention.end, number.start):
            beside = beside or mention  # "800,000 in Kyiv and 400,000 in Chernihiv": not Kyiv
    return beside


def _begin(sentence: ParsedSentence, mention: Mention) -> int:
    """The token at which a place begins, with the word for a settlement before its name."""
    kind = sentence.scan.ending("where", mention.start)
    return kind.start if kind and kind.value == "settlement" else mention.start


def _past_part(sentence: ParsedSentence, end: int) -> int:
    """The token behind "of them", if a number that ends at a token is a part: "three of them in
    Kyiv"."""
    links = (sentence.scan.at("links", end, value) for value in ("subset", "anaphora"))
    return next((link.end for link in links if link), end)


def _unbroken(sentence: ParsedSentence, start: int, stop: int) -> bool:
    return not any(token.text in ",;" for token in sentence.scan.tokens[start:stop])


def around(sentence: ParsedSentence, mention: Mention) -> str:
    """The area around all places of a list: "five killed in Lviv and Zaporizhzhia" are Ukraine's.

    Empty if a place stands alone, or if one of two lies within the other.
    """
    every = listed(sentence, mention)
    joined = any(sentence.scan.link("and", i) for i in range(every[0].end, every[-1].start))
    others = _with_others(sentence, every[-1]) or _with_unknown(sentence, every[-1])
    if not (joined or others or _heads_line(sentence, every)) and len(every) < _LIST:
        return ""
    named = {resolve(sentence, each) for each in every}
    places = [PLACES[code] for code in named if code in PLACES]
    if len(places) < 2:
        return _area(places) if others and places else ""
    inner = [a for a in places if any(contains(b, a) for b in places)]
    if inner:  # "Kyiv and the region": one place; "Izium and a village": their oblast
        return next((a.pcode for a in places if a.level != "city" and a not in inner), "")
    return _area(places)


def _heads_line(sentence: ParsedSentence, every: list[Mention]) -> bool:
    """Whether two places head a line: "Nikopol, Marhanets – drones all night"."""
    return len(every) > 1 and every[0].start <= 1 and every[-1].head


def _with_others(sentence: ParsedSentence, last: Mention) -> bool:
    """Whether settlements without a name end a list of places: "Dnipro and dozens of villages"."""
    scan = sentence.scan
    following = range(last.end + 1, min(last.end + _OTHERS, len(scan.tokens)))
    if not scan.link("and", last.end) or any(map(scan.is_number, following)):
        return False
    units = (scan.at("units", i) for i in following)
    return any(unit is not None and unit.value == "settlements" for unit in units)


def _with_unknown(sentence: ParsedSentence, last: Mention) -> bool:
    """Whether names that nobody knows go on a list of places: "Zaporizhzhia, Plavni, Shcherbaky and
    Dolynka"."""
    scan = sentence.scan
    names = [i for i in (last.end + 1, last.end + 3) if scan.low(i - 1) == ","]
    following = range(last.end, last.end + _OF_DISTRICTS)
    districts = any(scan.at("where", i, "district") for i in following)
    return len(names) > 1 and not districts and all(_is_name(sentence, i) for i in names)


def _is_name(sentence: ParsedSentence, i: int) -> bool:
    scan = sentence.scan
    named = i < len(scan.tokens) and scan.tokens[i].text.istitle() and not scan.is_number(i)
    return named and i not in scan.taken and not scan.told_of(i)


def _area(places: list[Place]) -> str:
    """The oblast around some places, else all of Ukraine."""
    oblasts = {own_oblast(place) for place in places}
    return oblasts.pop() if len(oblasts) == 1 else UKRAINE


def around_parts(sentence: ParsedSentence, number: Number) -> str:
    """The area around the places that a sum goes on to tell: "nine injured: five in Kyiv, four in
    Odesa". Empty if it tells none."""
    following = range(end_of(number), len(sentence.scan.tokens))
    colon = next((i for i in following if _opens_parts(sentence, i)), None)
    behind = [each for each in sentence.places if colon and each.start > colon and not each.aside]
    behind = behind or _bracketed_parts(sentence, end_of(number))
    behind = behind or _counted_places(sentence, end_of(number))
    behind = behind or placed_parts(sentence, end_of(number))
    codes = {code for each in behind if (code := resolve(sentence, each)) in PLACES}
    return _area([PLACES[code] for code in codes]) if len(codes) > 1 else ""


def _opens_parts(sentence: ParsedSentence, i: int) -> bool:
    """Whether a mark leads on to the parts of a sum: "nine injured: five …", "four people - three
    in Kyiv and one in Odesa"."""
    scan = sentence.scan
    if scan.low(i) != "-" or scan.glued(i):
        return scan.low(i) == ":"
    behind = [n.start for n in sentence.numbers if n.start > i and not n.outside]
    places = [each.start for each in sentence.places if each.start > i]
    return i + 1 in behind and len(behind) > 1 and len(places) > 1


def _counted_places(sentence: ParsedSentence, end: int) -> list[Mention]:
    """Places behind a number that have numbers of their own in brackets: "84 villages in Odesa
    (39), Kyiv (28) and Sumy (17) regions"; empty for less than two."""
    scan = sentence.scan
    if len(sentence.places) < 2:
        return []
    found = [
        each
        for each in sentence.places
        if each.start >= end
        and scan.low(each.end) == "("
        and scan.is_number(each.end + 1)
        and any(scan.low(each.end + 1 + i) == ")" for i in range(1, _BRACKETED))
    ]
    return found if len(found) > 1 else []


def _bracketed_parts(sentence: ParsedSentence, end: int) -> list[Mention]:
    """The places of the brackets behind a number in which each has a number of its own: "27 houses
    (Zaporizhzhia 15, Kherson 12)"."""
    if sentence.scan.low(end) != "(":
        return []
    texts = [token.text for token in sentence.scan.tokens]
    close = texts.index(")", end) if ")" in texts[end:] else len(texts)
    inside = [each for each in sentence.places if end < each.start < close]
    counted = [n for n in sentence.numbers if end < n.start < close and not n.outside]
    return inside if len(inside) > 1 and len(counted) >= len(inside) else []


def listed(sentence: ParsedSentence, mention: Mention) -> list[Mention]:
    """The places of the list that a mention stands in: only commas and "and" lie between them."""
    places = sentence.places
    first = last = places.index(mention)
    while first and _side_by_side(sentence, places[first - 1], places[first]):
        first -= 1
    while last + 1 < len(places) and _side_by_side(sentence, places[last], places[last + 1]):
        last += 1
    return places[first : last + 1]


def _tells_of_each(sentence: ParsedSentence, one: Mention, other: Mention) -> bool:
    """Whether words that count stand before the first of two places and behind the second."""
    before = any(trigger.end <= one.start for trigger in sentence.triggers)
    return before and any(trigger.start >= other.end for trigger in sentence.triggers)


def _side_by_side(sentence: ParsedSentence, one: Mention, other: Mention) -> bool:
    gap = range(one.end, other.start)
    anew = sentence.scan.low(one.end) == "," and sentence.scan.link("and", one.end + 1)
    if anew and len(gap) > 2 and _begins_count(sentence, other.end):
        return False  # "died near Lviv, and in Zaporizhzhia one woman was killed"
    if anew and len(gap) > 2 and _tells_of_each(sentence, one, other):
        return False  # "5,000 were cut off in Sumska oblast, and in Mariupol the city has no water"
    return (
        0 < len(gap) <= 4
        and not (one.aside or other.aside)
        and all(
            sentence.scan.tokens[i].text == ","
            or sentence.scan.link("and", i)
            or sentence.joins("before_place", i)
            for i in gap
        )
    )


def _begins_count(sentence: ParsedSentence, i: int) -> bool:
    return any(number.start == i and not number.outside for number in sentence.numbers)


def _distance(sentence: ParsedSentence, mention: Mention, number: Number) -> float:
    end = end_of(number)
    if mention.start >= end:
        return _behind(sentence, mention, end)
    if mention.end <= number.start:
        return _ahead(sentence, mention, number)
    return 0.0


def _behind(sentence: ParsedSentence, mention: Mention, end: int) -> float:
    """The distance of a place that follows its number: "8,000 households in Odesa"."""
    if sentence.parted(end, mention.start):
        return _OTHER_CLAUSE
    if mention in _bracketed_parts(sentence, end) or mention in _counted_places(sentence, end):
        return _OTHER_CLAUSE
    if _closes(sentence, mention, end) or _in_own_brackets(sentence, mention, end):
        return _BESIDE
    if any(_opens_parts(sentence, i) for i in range(end, mention.start)):
        return _OTHER_CLAUSE  # "eight were injured: three in Kyiv, five in Odesa"
    if opens_clause(sentence, mention) and _has_a_number(sentence, mention):
        return _GOVERNS_ITS_OWN
    if _heads_its_own(sentence, listed(sentence, mention)):
        return _GOVERNS_ITS_OWN
    if _of_next_part(sentence, mention, end) or _of_next_strike(sentence, mention, end):
        return _OTHER_CLAUSE
    if len(placed_parts(sentence, end)) > 1 and mention in placed_parts(sentence, end):
        return _OTHER_CLAUSE
    if _of_part_behind(sentence, mention, end):
        return _OTHER_CLAUSE
    if sentence.relative_clauses and _of_more_said(sentence, mention, end):
        return _OTHER_CLAUSE
    gap = range(end, mention.start)
    crossed = sentence.numbers_between(end, mention.start)
    marks = sum(sentence.scan.tokens[i].text in ",()-/|" for i in gap)
    return 0.1 * len(gap) + 3.5 * crossed + 2.0 * marks


def _of_more_said(sentence: ParsedSentence, mention: Mention, end: int) -> bool:
    """Whether a place stands in a clause that tells of other harm behind a number: "five were
    killed in attacks, which also damaged the grid in | Kharkiv, officials in Ukraine said"."""
    clauses = (each for each in sentence.relative_clauses if each.start >= end)
    clause = next((each for each in clauses if mention.start in each), None)
    if clause is None:
        return False
    told = any(t.start in clause and t.indicator == "buildings_damaged" for t in sentence.triggers)
    others = any(each.start not in clause for each in sentence.places)
    return told and (others or bool(sentence.context.place))


def _of_next_part(sentence: ParsedSentence, mention: Mention, end: int) -> bool:
    """Whether a place stands in the next part of a list, before a number: "no gas: 3,400 customers,
    no power in the region for 38,000"."""
    commas = [i for i in range(end, mention.start) if sentence.scan.tokens[i].text == ","]
    if not commas or sentence.numbers_between(commas[-1], mention.start):
        return False
    told = any(commas[-1] < each.start < mention.start for each in sentence.triggers)
    number = next((n for n in sentence.numbers if n.start >= mention.end and not n.outside), None)
    near = number is not None and number.start - mention.end <= _BEHIND_LIST
    return told and near


def _of_next_strike(sentence: ParsedSentence, mention: Mention, end: int) -> bool:
    """Whether a place is that of another strike, joined on behind a number whose own place is told:
    "a raid on Sumy, killing 48 and hurting 9, and the shelling of a house in | Odesa"."""
    told = any(other.end < end and not other.aside for other in sentence.places)
    return told and sentence.joins_strike(end, mention.start)


def _of_part_behind(sentence: ParsedSentence, mention: Mention, end: int) -> bool:
    """Whether a place is that of a part told behind a number: "eight were hurt, three of them in
    Kyiv"."""
    return any(
        end <= part.start < mention.start
        and _past_part(sentence, end_of(part)) > end_of(part)
        and own_place(sentence, part) is mention
        for part in sentence.numbers
    )


def _in_own_brackets(sentence: ParsedSentence, mention: Mention, end: int) -> bool:
    """Whether a place stands alone in brackets right behind a number: "2 (Lyman), 1 (Siversk)"."""
    scan = sentence.scan
    opening = scan.skip_dot(end)  # "3 тис. (Ромни)"
    between = range(opening + 1, mention.start)
    named = all(sentence.joins("before_place", i) or scan.glued(i) for i in between)
    return named and scan.low(opening) == "(" and scan.low(mention.end) == ")"


def _closes(sentence: ParsedSentence, mention: Mention, end: int) -> bool:
    """Whether a place ends the part of its number: "69 тис. – на Одещині, 52 – на Київщині"."""
    scan, gap = sentence.scan, range(end, mention.start)
    dashed = any(scan.low(i) == "-" for i in gap)
    plain = all(scan.low(i) == "-" or sentence.joins("before_place", i) for i in gap)
    stop = mention.end
    last = stop >= len(scan.tokens) or scan.tokens[stop].text in ",;.)"
    goes_on = bool(scan.link("and", stop)) and scan.is_number(stop + 1)
    return dashed and plain and (last or goes_on)


def _ahead(sentence: ParsedSentence, mention: Mention, number: Number) -> float:
    """The distance of a place before its number: "In Odesa 8,000 households …"."""
    scan, begin = sentence.scan, number.start
    led = begin == mention.end + 2 and sentence.joins("with", begin - 1)
    if led and scan.low(mention.end) == ",":
        return _BESIDE  # "Pokrovsk, with five dead, followed by Lyman with three"
    crossed = sentence.numbers_between(mention.end, begin)
    parted = sentence.parted(mention.end, begin)
    words = begin - mention.end
    if parted and any(
        mention in placed_parts(sentence, end_of(n))
        for n in sentence.numbers
        if n.end <= mention.start
    ):
        return _OTHER_CLAUSE
    if _closed(sentence, mention.end, begin):
        if _bracketed_parts(sentence, end_of(number)):
            return _OTHER_CLAUSE  # "one killed (Izium), six hurt (Chuhuiv 4, Vovchansk 2)"
        words += _BRACKETS
    if opens_clause(sentence, mention):
        return 1.0 + 0.05 * crossed + 4 * parted + 0.02 * words
    return 2.5 + 0.8 * crossed + 8 * parted + 0.03 * words


def _closed(sentence: ParsedSentence, start: int, stop: int) -> bool:
    """Whether the brackets around a place end before a number: "2 dead (Druzhkivka), 7 wounded"."""
    between = [token.text for token in sentence.scan.tokens[start:stop]]
    return between.count(")") > between.count("(")


def placed_parts(sentence: ParsedSentence, end: int) -> list[Mention]:
    """The places of the parts that a number ending at a token goes on to tell: "17 were killed,
    among them a medic in Kyiv and two workers in Chernihiv"."""
    links = [link.end for link in sentence.scan.links("subset").values() if link.start >= end]
    if not links or sentence.parted(end, links[0]):
        return []
    begin = min(links)
    verbs = [_begin_of_verb(sentence, t) for t in sentence.triggers]
    verbs = [at - 1 for at in verbs if sentence.scan.before(at, ",")]
    marks = sorted([*sentence.marks, *verbs])  # "a family, among them a girl, died in Lviv"
    stop = next((mark for mark in marks if mark > begin), len(sentence.scan.tokens))
    return [
        each
        for each in sentence.places
        if begin < each.start < stop
        and any(begin <= n.start < each.start and not n.outside for n in sentence.numbers)
    ]


def _begin_of_verb(sentence: ParsedSentence, trigger: Trigger) -> int:
    """The token at which a verb begins, with the "were" before it."""
    return trigger.start - (sentence.scan.link("passive", trigger.start - 1) is not None)


def _has_a_number(sentence: ParsedSentence, mention: Mention) -> bool:
    """Whether a number follows a place within its clause. The number then belongs to the place."""
    for number in sentence.numbers:
        if number.start >= mention.end and number.outside not in NAMING:
            return not sentence.parted(mention.end, number.start - 1)
    return False


def _heads_its_own(sentence: ParsedSentence, places: list[Mention]) -> bool:
    """Whether a list of places opens a clause and a number stands behind its dash: "…, in
    Chornomorsk and Pivdenne - another 3,000 each"."""
    end = places[-1].end
    if len(places) < 2 or sentence.scan.low(end) not in ("-", ":"):
        return False
    following = (n for n in sentence.numbers if n.start >= end and n.outside not in NAMING)
    number = next(following, None)
    near = number is not None and number.start - end <= _BEHIND_LIST
    return near and opens_clause(sentence, places[0])


def opens_clause(sentence: ParsedSentence, mention: Mention) -> bool:
    """Whether a place opens its clause: "Also in the city of Odesa …", "…; in Sumy …"."""
    scan, i = sentence.scan, mention.start - 1
    while i >= 0 and _may_lead(sentence, i):
        i -= 1
    if i < 0 or scan.tokens[i].text in ";:(-" or i in sentence.marks:
        return True
    if scan.low(i) == "/" and scan.before(i, "/"):
        return True  # "Chuhuiv 2 wounded // Vovchansk 1 wounded"
    if scan.tokens[i].text == "," or scan.link("and", i) or sentence.joins("opens_clause", i):
        # The second place of a list opens nothing.
        return not any(
            other.end == i or (other.end == i - 1 and not scan.is_number(i - 1))
            for other in sentence.places
        )
    return False


def _may_lead(sentence: ParsedSentence, i: int) -> bool:
    scan = sentence.scan
    return bool(
        i in scan.taken
        or sentence.joins("before_place", i)
        or scan.at("bounds", i)
        or (scan.tokens[i].text == "." and scan.glued(i))
    )
