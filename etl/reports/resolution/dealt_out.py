"""Numbers of a list that are dealt out to the members of another: "in Sumy and Odesa three and five
died respectively", "on 9 and 20 January", "killed and injured: 26 and 158 respectively"."""

from dataclasses import replace

from etl.reports.mentions.casualties import lumps
from etl.reports.mentions.day import Day
from etl.reports.mentions.numbers import Number
from etl.reports.mentions.places import Mention
from etl.reports.mentions.trigger import Trigger
from etl.reports.resolution.claims import ParsedSentence, end_of
from etl.reports.resolution.meant_place import resolve
from etl.reports.resolution.place_attachment import listed, own_place
from etl.reports.text.function_words import is_little
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import NUMBER
from impact.model.places import PLACES

_RESPECTIVELY = 5  # tokens from the last number of a list to "respectively"
_MARKS = frozenset(",;(")
_LED = 3  # tokens between a place and the two numbers told of it
_TOLLS = ("killed", "injured")
_WHOLE_DAY = 10  # letters of an ISO day
_LAST_OF_MONTH = 31


def dealt(sentence: ParsedSentence, number: Number) -> str:
    """The place of a number of a list that is dealt out to a list of places: "in Kyiv and Odesa
    regions power came back to 14,000 and 6,200 consumers respectively", "… in Lviv and Ternopil
    regions: 58 and 33". Empty for other numbers.
    """
    if sentence.dealt is None:
        sentence.dealt = _deal(sentence)
    return sentence.dealt.get(number.start, "")


def _deal(sentence: ParsedSentence) -> dict[int, str]:
    """Number -> place, for all numbers of the last list of as many as the places of another."""
    if len(sentence.places) < 2 or len(sentence.numbers) < 2:
        return {}
    lists = _lists_of_places(sentence)
    for run in reversed(_lists_of_numbers(sentence)):
        told = any(is_little(sentence.scan, i, "respectively") for i in _around(sentence, run))
        alike = len({each.unit for each in run}) == 1
        led = sentence.scan.before(run[0].start, ":") or sentence.scan.before(run[0].start, "-")
        bare = all(each.noun_end <= each.end and not each.toll for each in run[:-1])
        fitting = [each for each in lists if len(each) == len(run)]
        if not told:
            fitting = [each for each in fitting if each[-1].end <= run[0].start]
        if fitting and ((told and alike) or (led and bare)):
            places = [resolve(sentence, each) for each in fitting[-1]]
            return {n.start: p for n, p in zip(run, places, strict=True) if p in PLACES}
    return {}


def _around(sentence: ParsedSentence, run: list[Number]) -> range:
    """The tokens among which "respectively" tells of a list of numbers: up to the places that may
    stand between."""
    last = max([end_of(run[-1]), *(place.end for place in sentence.places)])
    end = min(last + _RESPECTIVELY, len(sentence.scan.tokens))
    return range(max(0, run[0].start - 2), end)


def _lists_of_places(sentence: ParsedSentence) -> list[list[Mention]]:
    found: list[list[Mention]] = []
    for mention in sentence.places:
        if not mention.aside and not (found and mention in found[-1]):
            found.append(listed(sentence, mention))
    return [each for each in found if len(each) > 1]


def _lists_of_numbers(sentence: ParsedSentence) -> list[list[Number]]:
    """Numbers with nothing but commas and "and" between them."""
    scan = sentence.scan
    found: list[list[Number]] = []
    for number in sentence.numbers:
        if number.outside or number.implied:
            continue
        last = found[-1][-1] if found else None
        gap = range(end_of(last), number.start) if last else ()
        joined = len(gap) > 0 and all(scan.low(i) == "," or scan.link("and", i) for i in gap)
        if joined:
            found[-1].append(number)
        else:
            found.append([number])
    return [each for each in found if len(each) > 1]


def dealt_day(sentence: ParsedSentence, number: Number) -> Day | None:
    """The day of such a number: "on 9 and 20 January 6,000 and 5,635 blocks went cold,
    respectively". None for other numbers."""
    run = _run(sentence, number)
    if len(run) < 2:
        return None
    for day in sentence.days:
        several = _days_of_month(sentence.scan, day)
        if len(several) == len(run):
            return replace(day, stated=f"{day.stated[:8]}{several[run.index(number)]:02d}")
    return None


def _days_of_month(scan: Scan, day: Day) -> list[int]:
    """The days of "9 and 20 January", which are one mention with the last of them."""
    if len(day.stated) != _WHOLE_DAY:
        return []
    stated = (token.text for token in scan.tokens[day.start : day.end] if token.kind == NUMBER)
    return [int(each) for each in stated if each.isdecimal() and int(each) <= _LAST_OF_MONTH]


def dealt_toll(sentence: ParsedSentence, number: Number) -> Trigger | None:
    """What the first and the second of two such numbers count: "the killed and the injured were 26
    and 158, respectively", or, if the sentence does not say it, the two counts before: "in Sumy 5
    were killed and 9 injured; in Odesa 26 and 158, respectively". The last word may be missing.
    None for other numbers."""
    run = _run(sentence, number) or _bracketed(sentence, number) or _gapped(sentence, number)
    if not (run or sentence.triggers) and (sentence.days or sentence.places):
        run = _alone(sentence, number)
    again = [] if run or not sentence.made else told_again(sentence, number)
    run = run or again
    if len(run) != 2 or any(each.unit not in ("", "people") for each in run):
        return None
    told = _lumped_tolls(sentence.scan)
    earlier = [c for c in sentence.made if c.number not in run]
    apart = earlier and sentence.parted(end_of(earlier[-1].number), run[0].start)
    apart = apart or bool(again) or bool(_bracketed(sentence, number) or _gapped(sentence, number))
    if not told and (apart or not any(each.indicator in _TOLLS for each in sentence.triggers)):
        earlier = earlier or sentence.context.last
        told = [c.trigger for c in earlier if c.trigger and c.people == "all" and not c.out][:2]
    if sorted(each.indicator for each in told) != sorted(_TOLLS):
        return None
    return told[run.index(number)]


def _lumped_tolls(scan: Scan) -> list[Trigger]:
    """The two words of "the killed and the injured", each by itself."""
    words = next((lump.words for lump in lumps(scan).values()), ())
    found = [scan.at("toll_noun", i) or scan.at("toll", i) for i in words]
    return [Trigger.of(match, match.value) for match in found if match]


def _bracketed(sentence: ParsedSentence, number: Number) -> list[Number]:
    """The only two numbers, without nouns, of brackets: "577 killed, 3,288 injured (2024: 226 and
    1,528)"."""
    if number.noun_end > number.end or number.unit not in ("", "people"):
        return []
    texts = [token.text for token in sentence.scan.tokens]
    if "(" not in texts[: number.start] or ")" not in texts[number.end :]:
        return []
    begin = max(i for i in range(number.start) if texts[i] == "(")
    inside = range(begin, texts.index(")", begin))
    counted = [
        n for n in sentence.numbers if n.start in inside and n.start not in sentence.scan.taken
    ]
    runs = [run for run in _lists_of_numbers(sentence) if number in run]
    bare = all(n.noun_end <= n.end and not n.unit for n in counted)
    return runs[0] if bare and runs and len(counted) == len(runs[0]) == 2 else []


def _gapped(sentence: ParsedSentence, number: Number) -> list[Number]:
    """The only two numbers behind a place that no verb follows: "in Kharkiv three were killed and
    eleven injured, in Sumy two and nine"."""
    run = next((run for run in _lists_of_numbers(sentence) if number in run), [])
    bare = len(run) == 2 and all(n.noun_end <= n.end and not n.toll for n in run)
    if not (bare and sentence.made):
        return []

    led = (p.start for p in sentence.places if p.end <= run[0].start <= p.end + _LED)
    place = next(led, None)
    if place is None or end_of(sentence.made[0].number) > place:
        return []
    told = [t.start for t in sentence.triggers if t.start > place]
    return [] if any(not sentence.parted(place, each) for each in told) else run


def _alone(sentence: ParsedSentence, number: Number) -> list[Number]:
    """The only two numbers of a sentence that has a month, a day or a place before them and nothing
    that says what they count, below a count of both tolls: "88 killed, 410 injured. In all of
    January: 161 and 757", "… In the region, 1 and 11"."""
    runs = _lists_of_numbers(sentence)
    if len(runs) != 1 or number not in runs[0] or len(sentence.places) > 1:
        return []
    run, counted = runs[0], sum(not each.outside for each in sentence.numbers)
    bare = len(run) == counted == 2 and all(n.noun_end <= n.end and not n.unit for n in run)
    led = all(place.end <= run[0].start for place in sentence.places)
    told = [each.indicator for each in sentence.context.last if each.people == "all"]
    return run if bare and led and sorted(told) == sorted(_TOLLS) else []


def place_of_pair(sentence: ParsedSentence, number: Number) -> Mention | None:
    """The place behind such two numbers, for the first of them: "2 killed and 9 injured in Donetsk
    Oblast, 1 and 6 in Kharkiv Oblast"; None for other numbers."""
    if number.unit or not sentence.scan.mark(number.start - 1):
        return None
    run = _gapped(sentence, number)
    if not run or run[0] is not number:
        return None
    place = own_place(sentence, run[1])
    return place if place is not None and place.start >= end_of(run[1]) else None


def told_again(sentence: ParsedSentence, number: Number) -> list[Number]:
    """The two numbers without a verb behind a count of the killed and one of the injured: "130
    killed and 430 injured, of whom drones account for 60 and 211"."""
    tolls = [each.indicator for each in sentence.made[:2]]
    if {*tolls} != {*_TOLLS}:
        return []
    run = next((run for run in _lists_of_numbers(sentence) if number in run), [])
    if len(run) != 2 or any(n.noun_end > n.end or n.toll or n.implied for n in run):
        return []
    scan, begin, end = sentence.scan, run[0].start, end_of(run[1])
    while begin and scan.low(begin) not in _MARKS and scan.low(begin) != "-":
        begin -= 1
    while end < len(scan.tokens) and scan.low(end) not in _MARKS:
        end += 1
    own = any(begin <= each.start < end for each in sentence.triggers)
    placed = any(begin <= each.start < end for each in sentence.places)
    return [] if own or placed or not begin else run


def _run(sentence: ParsedSentence, number: Number) -> list[Number]:
    """The list of numbers, dealt out "respectively", that a number is of; empty for others."""
    if not sentence.deals_out:
        return []
    return next((run for run in _lists_of_numbers(sentence) if number in run), [])
