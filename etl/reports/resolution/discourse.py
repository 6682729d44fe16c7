"""What a sentence leaves for the sentences after it."""

from etl.reports.mentions.day import AS_OF, EVENT, MONTH, VAGUE_DAYS, WEEK_AGO, Day
from etl.reports.mentions.places import (
    CITIES,
    FOREIGN,
    UKRAINE,
    VAGUE,
    VILLAGE,
    Mention,
    lists_areas,
    lists_oblasts,
)
from etl.reports.mentions.triggers import LAUNCH, OUT, SERVICES
from etl.reports.resolution.both_tolls import tells_both
from etl.reports.resolution.carried_place import is_city
from etl.reports.resolution.claims import WEAPONS, NumberClaim, ParsedSentence, end_of
from etl.reports.resolution.context import Context, is_of_state, office_of
from etl.reports.resolution.day_of import dates_the_text
from etl.reports.resolution.launched import said_by_air_force
from etl.reports.resolution.meant_place import resolve
from etl.reports.resolution.of_keys import key_of
from etl.reports.resolution.place_attachment import around, listed, opens_clause
from etl.reports.resolution.place_of import speaks_nationally
from etl.reports.resolution.sums import begins_sum, remember_told
from etl.reports.resolution.totals import of_record
from etl.reports.resolution.unit_of import CUT_OFF, TOLLS
from etl.reports.text.function_words import has_little, is_little
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import NUMBER, WORD
from impact.model.indicators import OUTAGES
from impact.model.places import PLACES, contains, own_oblast

_OTHERS = ("foreign", "military", "soldiers")  # subjects that are none of ours
_NO_EVENT = ("tomorrow", "since", WEEK_AGO)  # on such days nothing happened that is told
_COPYRIGHT = "©"
_HARMED = ("killed", "injured", "casualties")
_LIVE = 2  # tokens from houses to those who live there
_TITLE = 4  # words of a title of a section
_EARLIER = 4  # tokens from "earlier" to the day of what was
_NTH = 3  # tokens from "third" to "this month"
_SHORT_HEADING = 4  # tokens of a line that says how the lines below it are parted
_LEAD = 1  # the line below the heading
_OPENING_LINES = 4  # the last line in which the text may tell on which day the attack was
_OPENING = 2  # the last line in which an attack is the one that the text is about
_SERVICE_OF = {indicator: service for service, indicator in SERVICES.items()}
_COUNTRIES = 4  # so many places abroad at once are those of guests or partners


def remember_event(sentence: ParsedSentence) -> None:
    """Takes the latest day that a sentence names for the attack's day, until another day is named.

    In "the overnight attack on 14 March" it is 14 March, not the night before the publication.
    """
    context = sentence.context
    said = sentence.scan.sentence
    heading = (said.block <= _LEAD and not sentence.item) or said.tokens[-1].text == ":"
    context.areas = context.areas or lists_areas(sentence.scan, heading)
    short = said.heading and len(said.tokens) <= _SHORT_HEADING and not sentence.item
    heads = heading or short  # "Region by region"
    context.by_oblast = context.by_oblast or (heads and lists_oblasts(sentence.scan))
    dated = any(len(day.stated) == 10 and not day.relative for day in sentence.days)
    named = struck = ""
    # Who is without heat may be so since an attack that is only recalled.
    states = {t.status for t in sentence.triggers if t.indicator in SERVICES.values()}
    supply, standing = bool(states), bool(states) and "lost" not in states
    at_top = said.block <= _OPENING and not supply
    found = bool(context.event) and bool(sentence.scan.of("bodies"))
    for day in sentence.days:
        if len(day.stated) == MONTH:
            context.month = day.stated
            within = day.relative != "since"
            context.month_of_line = (said.block, day.stated) if within else context.month_of_line
        if day.role == AS_OF and len(day.stated) == 10:
            context.counted_here = day.stated
        if len(day.stated) != 10 or day.role == AS_OF or day.relative in _NO_EVENT:
            continue
        if dated and day.relative in VAGUE_DAYS:
            continue
        if dates_the_text(sentence, day):
            continue
        if found and day.role != EVENT:
            continue  # "on Friday the bodies of two were found": of those killed before
        recalled = day.role == EVENT and (
            sentence.shares(0, day.start) or (standing and not context.is_recent(day.stated))
        )
        counted = context.event_here or named
        if counted and supply and _only_counts(sentence, day):
            continue
        if not (sentence.spoken(day.start) or recalled or sentence.said_of_part(day.start)):
            named = max(named, day.stated)
        of_attack = (day.role == EVENT and at_top) or (
            not struck and _tells_the_attack(sentence, day)
        )
        if of_attack and context.is_recent(day.stated):
            struck = day.stated
    if sentence.scan.sentence.block == 0:
        _remember_time(sentence, named)
        if said.heading or said.tokens[-1].text == ":":
            of_event = any(d.role == EVENT for d in sentence.days if d.stated == named)
            context.take_headed(named, of_event)
    elif said.block <= _OPENING and not sentence.item and not context.closing:
        _remember_span(sentence)
    if struck:
        context.event, context.struck = struck, True
    elif not context.struck:
        context.event = max(context.event, named)
    context.event_here = struck or named or context.event_here
    _remember_beginning(sentence)


def _remember_beginning(sentence: ParsedSentence) -> None:
    """The day since which a sentence counts, until another day is told."""
    full = [day for day in sentence.days if len(day.stated) == 10]
    since = [day.stated for day in full if day.relative == "since"]
    if full:
        sentence.context.begun_on = since[-1] if len(since) == len(full) else ""


def _only_counts(sentence: ParsedSentence, day: Day) -> bool:
    """Whether the clause of a day only tells who is without a supply then, or has it again: "…;
    280,000 were still cut off on 15 December"."""
    told = [
        trigger.status
        for trigger in sentence.triggers
        if trigger.indicator != OUT and not sentence.parted(*sorted((trigger.start, day.start)))
    ]
    return bool(told) and not {"", "lost"} & {*told}


def _tells_the_attack(sentence: ParsedSentence, day: Day) -> bool:
    """Whether one of the first lines tells of a hit on a day before that of the report: "On
    Saturday, 14 January, a missile destroyed part of a building", below "16 January, 18:00"."""
    context, published = sentence.context, sentence.context.published
    opening = sentence.scan.sentence.block <= _OPENING_LINES and not sentence.item
    issued = published is not None and context.event in ("", published.isoformat())
    weapon = any(unit.value in WEAPONS for unit in sentence.scan.of("units"))
    hit = any(t.indicator in ("buildings_damaged", LAUNCH) for t in sentence.triggers)
    told = opening and issued and weapon and hit and not sentence.spoken(day.start)
    return told and not _says_more(sentence, day)


def _says_more(sentence: ParsedSentence, day: Day) -> bool:
    """Whether a day stands in a clause that says more of a noun: "two men, who were wounded on 22
    February"."""
    scan = sentence.scan
    return any(
        i < day.start
        and scan.before(i, ",")
        and not any(scan.low(k) == "," for k in range(i, day.start))
        for i in scan.links("relative")
    )


def _remember_time(sentence: ParsedSentence, named: str) -> None:
    """What the report's heading says of the time that it is about: "April 2025", "this week"."""
    context, scan = sentence.context, sentence.scan
    months = [
        day
        for day in sentence.days
        if len(day.stated) == MONTH and day.relative != "since" and not _is_past(scan, day)
    ]
    years = _past_years(sentence) if not (months or named) else []
    stated = [named, *(day.stated for day in months), context.counted_here, *years]
    context.closing = next(filter(None, [*stated, context.closing]), "")
    spans = any(day.several for day in sentence.days) or (bool(months or years) and not named)
    told = any(
        match.value in ("war", "cumulative", "current")
        and not _is_nth_time(scan, match.start)
        and not of_record(sentence, match.start)
        for match in scan.of("totals")
    )
    context.total = context.total or spans or told


def _is_past(scan: Scan, day: Day) -> bool:
    """Whether a day is that of an older event: "an earlier attack in | January"."""
    led = range(max(0, day.start - _EARLIER), day.start)
    return any(is_little(scan, i, "earlier") for i in led)


def _is_nth_time(scan: Scan, i: int) -> bool:
    """Whether words for a longer time only say how often: "for the third time | this month"."""
    return any(scan.at("naming", at, "ordinal") for at in range(max(0, i - _NTH), i))


def _remember_span(sentence: ParsedSentence) -> None:
    """What an opening line says of the time that the report is about, in days or months: "It covers
    the time from June to November 2025"."""
    spans = [day for day in sentence.days if day.several and day.relative != "since"]
    spans = spans or [day for day in sentence.days if _is_only_month(sentence.scan, day)]
    if len(spans) == 1 and not any(claim for claim in sentence.numbers if not claim.outside):
        sentence.context.closing, sentence.context.total = spans[0].stated, True


def _is_only_month(scan: Scan, day: Day) -> bool:
    """Whether a line is a month and nothing else: "October 2025" below a title."""
    words = sum(token.kind in (WORD, NUMBER) for token in scan.tokens)
    return len(day.stated) == MONTH and not day.relative and words <= day.end - day.start


def _past_years(sentence: ParsedSentence) -> list[str]:
    """The years before the publication's that a heading names: "Losses by region in 2025"."""
    published = sentence.context.published
    years = [d.stated for d in sentence.days if len(d.stated) == 4 and d.relative != "since"]
    return [year for year in years if published and year < str(published.year)]


def take_subject(scan: Scan, context: Context) -> None:
    """What a heading says that the lines below it are about: evacuation, a supply."""
    context.evacuating = has_little(scan, "evacuation")
    services = [match.value for match in scan.of("services") if match.value in SERVICES]
    context.service = (services or [context.service])[-1]


def remember(sentence: ParsedSentence) -> None:
    """Notes claims, triggers, service, unit, cause and places for later sentences."""
    context, scan, made = sentence.context, sentence.scan, sentence.made
    if not context.begun:
        context.summing = begins_sum(sentence)
    if _ends_section(sentence):
        context.section_day = _day_of_section(sentence)
    if _is_title(sentence) or (scan.sentence.heading and scan.sentence.block == 0):
        take_subject(scan, context)
    context.begun = True
    moved = any(trigger.indicator == "evacuated" for trigger in sentence.triggers)
    if moved or has_little(scan, "evacuation"):
        context.evacuated_line = scan.sentence.block
    context.last = list(made) or context.last
    context.key = key_of(sentence, context.key)
    _place_before(sentence)
    told = [
        trigger
        for trigger in sentence.triggers
        if trigger.indicator != OUT
        and not any(trigger.start in clause for clause in sentence.relative_clauses)
    ]
    left = [c.trigger for c in made if c.trigger and c.status == "without" and not c.out]
    helping = _is_title(sentence) and any(
        is_little(scan, i, "helping") for i in range(len(scan.tokens))
    )
    context.triggers = told or left or ([] if helping else context.triggers)
    top = scan.sentence.block == 0
    context.air_force = context.air_force or (top and said_by_air_force(sentence))
    context.damaged = context.damaged or any(t.indicator == "buildings_damaged" for t in told)
    leads = scan.tokens[-1].text == ":"
    if leads or not (sentence.item or scan.sentence.heading):
        context.list_days = (context.event_here, context.counted_here) if leads else ("", "")
    harmed = {claim.indicator for claim in made if claim.indicator in TOLLS and not claim.out}
    context.harmed = harmed or context.harmed
    told_both = tells_both(made)
    context.lumping = context.lumping if told_both is None else told_both
    if not sentence.item:
        context.intro = told if scan.tokens[-1].text == ":" else []
    services = [match.value for match in scan.of("services") if match.value in SERVICES]
    services += [_SERVICE_OF[t.indicator] for t in told if t.indicator in _SERVICE_OF]
    context.service = (services or [context.service])[-1]
    units = [claim.unit for claim in made if claim.unit and not claim.out]
    context.unit = (units or [context.unit])[-1]
    if (leads or (top and scan.sentence.heading)) and (unit := _headed_unit(sentence)):
        context.headed = unit
    if not any(claim.indicator for claim in made) and (unit := _cut_off_unit(sentence)):
        context.supplied = unit
    for claim in made:
        if claim.unit and claim.indicator in OUTAGES and not claim.out:
            if claim.unit == "people" and _lives_there(claim, made):
                continue
            context.supplied = context.supplied_of[claim.indicator] = claim.unit
            if claim.place:
                context.cut_off.setdefault(claim.indicator, set()).add(claim.place)
    causes = {match.value for match in scan.of("cause")} & {"weather", "strike"}
    if len(causes) == 1:
        context.cause = causes.pop()
    remember_told(sentence)
    context.read += 1
    _remember_places(sentence)
    context.crossed = context.crossed or _tells_of_others(sentence)
    context.look_ahead(sentence.days)
    context.of_country = _is_of_country(sentence)


def _place_before(sentence: ParsedSentence) -> None:
    """Gives the tolls of the sentence before, which lack nothing but a place, that of this one,
    if it goes on from them in their line: "Five people died. 424 left the villages of Sumy
    Oblast"."""
    context, made = sentence.context, sentence.made
    near = [each for each in sentence.places if not (each.aside or opens_clause(sentence, each))]
    codes = {code for each in near if (code := resolve(sentence, each)) in PLACES}
    oblasts = {own_oblast(PLACES[code]) for code in codes}
    place = (codes if len(codes) == 1 else oblasts).pop() if len(oblasts) == 1 else ""
    local = place not in ("", UKRAINE) and not (context.heard or context.state_heard)
    for claim in context.unplaced if local else ():
        if claim.scan.sentence.block == sentence.scan.sentence.block:
            claim.place, claim.lacks = place, ()
    tolls = [each for each in made if each.indicator in _HARMED and not each.out]
    context.unplaced = [each for each in tolls if each.lacks == ("place",) and not sentence.places]


def _is_of_country(sentence: ParsedSentence) -> bool:
    """Whether the last sentence with a place told the weather of the country or of vague parts."""
    named = [each for each in sentence.places if not each.aside]
    weather = sentence.scan.of("temperature")
    if not named:
        return sentence.context.of_country
    codes = [resolve(sentence, each) for each in named]
    cities = any(code in PLACES and is_city(PLACES[code]) for code in codes)
    return bool(weather) and not cities and any(code in (UKRAINE, VAGUE) for code in codes)


def _lives_there(claim: NumberClaim, made: list[NumberClaim]) -> bool:
    """Whether people are those of the houses that were counted just before them: "480 blocks with
    some 96,000 people are waiting"; what follows counts houses again."""
    before = next((c for c in made if c is not claim and c.number.end <= claim.number.start), None)
    if before is None or before.unit != "buildings" or before.indicator != claim.indicator:
        return False
    return before.place == claim.place and not claim.number.start - end_of(before.number) > _LIVE


def _cut_off_unit(sentence: ParsedSentence) -> str:
    """Who is cut off in a sentence without a number: "consumers in three regions have no power"."""
    if sentence.item or sentence.scan.sentence.heading or not sentence.places:
        return ""
    supply = any(trigger.indicator in SERVICES.values() for trigger in sentence.triggers)
    units = {unit.value for unit in sentence.scan.of("units")} & {*CUT_OFF}
    return units.pop() if supply and len(units) == 1 else ""


def _headed_unit(sentence: ParsedSentence) -> str:
    """What the numbers below a heading count: its only noun for who is cut off, without a number:
    "Consumers without power:", "Heat in Kyiv (apartment blocks)"."""
    if any(not number.outside for number in sentence.numbers) or sentence.scan.of("scales"):
        return ""  # below "thousand customers" nobody knows whether 38 is 38,000
    units = {unit.value for unit in sentence.scan.of("units")} & {*CUT_OFF}
    return units.pop() if len(units) == 1 else ""


def _remember_places(sentence: ParsedSentence) -> None:
    context = sentence.context
    if not sentence.places and not context.place:
        for match in sentence.scan.of("speakers"):
            if office := office_of(match.value):
                context.remember(office)
    if context.place and _tells_only_of_care(sentence):
        return
    if _is_caption(sentence):
        return
    national = speaks_nationally(sentence)
    context.heard = context.heard or national
    told = any(is_of_state(match.value) for match in sentence.scan.of("speakers"))
    context.state_heard = context.state_heard or told
    if sentence.scan.sentence.block == 0 and not sentence.places:
        context.of_state = context.of_state or told
    if national and sentence.scan.sentence.block <= _LEAD:
        context.national, context.topic = True, context.topic or _heading_place(sentence)
    if not context.begun:
        _remember_head(sentence)
    if context.listing:
        codes = (resolve(sentence, each) for each in sentence.places if not each.aside)
        context.listed |= {own_oblast(PLACES[code]) for code in codes if code in PLACES}
    context.both = _named_together(sentence) or context.both
    everywhere = national and all(mention.pcode == UKRAINE for mention in sentence.places)
    for mention in sentence.places:
        if mention.aside and context.place not in ("", UKRAINE):
            continue
        if _bracketed(sentence, mention):
            context.spot = resolve(sentence, mention)
            if not _of_part(sentence, mention):
                context.named |= {context.spot} & PLACES.keys()
            continue
        if _of_sum_before(sentence, mention):
            context.named.add(resolve(sentence, mention))
            continue
        resolved = context.resolve(mention)
        if resolved == FOREIGN:
            context.foreign = context.foreign or _is_scene_abroad(sentence)
        elif resolved not in ("", VAGUE, VILLAGE) and not (resolved == UKRAINE and context.place):
            area = around(sentence, mention)
            others = mention.pointer == CITIES  # "Kyiv, Kharkiv, Izmail and other cities"
            everywhere = area == UKRAINE or (everywhere and others)
            context.spread = context.spread or (area == UKRAINE and not context.topic)
            if everywhere and context.topic:
                context.named.add(resolved)
            else:
                context.remember(resolved if area in ("", UKRAINE) else area)
    if everywhere:
        context.place = UKRAINE
    elif _opens_section(sentence):
        context.topic = context.place


def _is_caption(sentence: ParsedSentence) -> bool:
    """Whether a line only says what a picture shows and whose it is, which may be wider than what
    the text is about: "Наслідки атаки на область / © поліція"."""
    scan = sentence.scan
    credits = is_little(scan, 0, "photo") and scan.low(1) == ":"
    return scan.sentence.heading and (credits or _COPYRIGHT in scan.words)


def _named_together(sentence: ParsedSentence) -> tuple[str, ...]:
    """The two places that a sentence names together: "the Dnipropetrovsk and Zaporizhzhia regions".
    Empty for any other sentence."""
    if len(sentence.places) < 2:
        return ()
    pairs = (listed(sentence, each) for each in sentence.places)
    pair = next((each for each in pairs if len(each) == 2), [])
    codes = tuple(resolve(sentence, each) for each in pair)
    return codes if all(code in PLACES for code in codes) else ()


def _remember_head(sentence: ParsedSentence) -> None:
    """Notes the place that heads a line, until a line has none: "Sumy – a drone hit a house"."""
    context = sentence.context
    first = sentence.places[0] if sentence.places else None
    if first is not None and first.head and first.start <= 1:
        context.heads |= {resolve(sentence, first)} & PLACES.keys()
    else:
        context.heads = set()


def _is_title(sentence: ParsedSentence) -> bool:
    """Whether a short line, or the first word of one, only says what follows is about:
    "EVACUATION", "2. Evacuation.", "Evacuation:"."""
    words = sum(token.kind == WORD for token in sentence.scan.tokens)
    alone = sentence.scan.sentence.heading or not sentence.context.begun
    return alone and 0 < words <= _TITLE and not any(not each.outside for each in sentence.numbers)


def _tells_of_others(sentence: ParsedSentence) -> bool:
    """Whether a sentence is about a place that nobody knows, or about others than our people: what
    follows may go on about them."""
    unknown = any(
        not each.aside and sentence.context.resolve(each) in (FOREIGN, VILLAGE)
        for each in sentence.places
    )
    return unknown or any(match.value in _OTHERS for match in sentence.scan.of("left_out"))


def _tells_only_of_care(sentence: ParsedSentence) -> bool:
    """Whether a sentence only says where the wounded are: the text stays where they were hurt."""
    counted = [claim.out for claim in sentence.made if claim.out not in ("noun", "age")]
    return bool(counted) and set(counted) <= {"hospital", "severity"}


def _ends_section(sentence: ParsedSentence) -> bool:
    """Whether a line is a heading that counts nothing: what follows has another day."""
    said = sentence.scan.sentence
    return said.heading and not sentence.item and not any(not n.outside for n in sentence.numbers)


def _day_of_section(sentence: ParsedSentence) -> str:
    """The ISO day that a heading within the text names for what stands below it: "Casualties on 14
    January"; empty for other headings."""
    told = [day for day in sentence.days if day.role != AS_OF and not day.relative]
    harm = any(trigger.indicator in TOLLS for trigger in sentence.triggers)
    one = len(told) == 1 and harm and sentence.scan.sentence.block > 0
    return told[0].stated if one and sentence.context.may_be_about(told[0].stated) else ""


def _bracketed(sentence: ParsedSentence, mention: Mention) -> bool:
    """Whether a place only says in brackets where a number is: "Killed: 16 (Dnipro region)"."""
    inside = sentence.scan.in_brackets(mention.start)
    return inside and any(each.end <= mention.start for each in sentence.numbers)


def _of_part(sentence: ParsedSentence, mention: Mention) -> bool:
    """Whether only a part of a number lies in a place: "43 dead (33 of them in Kyiv)"."""
    links = sentence.scan.links("subset").values()
    opening = max(i for i in range(mention.start) if sentence.scan.tokens[i].text == "(")
    return any(opening < link.start < mention.start for link in links)


def _of_sum_before(sentence: ParsedSentence, mention: Mention) -> bool:
    """Whether a place is of a part of a sum that is told for a larger one before a colon: "two
    residents of the region: one in Kramatorsk"; the text goes on with the sum's place."""
    if not any(number.end <= mention.start for number in sentence.numbers):
        return False
    texts = [token.text for token in sentence.scan.tokens[: mention.start]]
    if ":" not in texts:
        return False
    colon = len(texts) - 1 - texts[::-1].index(":")
    counted = any(not n.outside for n in sentence.numbers if n.end <= colon)
    above = [resolve(sentence, each) for each in sentence.places if each.end <= colon]
    behind = [each for each in sentence.places if each.start > colon]
    if not above and len(behind) > 1:  # "7 injured: three in Kramatorsk, four in Lyman"
        above = [sentence.context.place]
    here = resolve(sentence, mention)
    return (
        counted
        and here in PLACES
        and any(
            code in PLACES and code != here and contains(PLACES[code], PLACES[here])
            for code in above
        )
    )


def _opens_section(sentence: ParsedSentence) -> bool:
    """Whether a line is a heading within the text that names one place and counts nothing."""
    said = sentence.scan.sentence
    counts = any(claim.indicator for claim in sentence.made)
    named = [each for each in sentence.places if each.pcode not in ("", UKRAINE)]
    named = [each for each in named if not each.aside]
    return said.heading and said.block > 0 and not (sentence.item or counts) and len(named) == 1


def _heading_place(sentence: ParsedSentence) -> str:
    """The place that a national body's report is about: the only one named at its top, or all.
    Empty if the top names one that only the text below can tell."""
    if any(each.pointer == VILLAGE for each in sentence.places):
        return ""
    named = {each.pcode for each in sentence.places if each.pcode and not _is_label(sentence, each)}
    return min(named) if len(named) == 1 else UKRAINE


def _is_label(sentence: ParsedSentence, mention: Mention) -> bool:
    """Whether the country only heads a title that names the place: "Ukraine: Attack on Ternopil",
    "OCHA Ukraine – Kharkiv, Flash Update"."""
    first = mention is sentence.places[0]
    return first and mention.pcode == UKRAINE and sentence.scan.mark(mention.end)


def _is_scene_abroad(sentence: ParsedSentence) -> bool:
    """Whether places abroad that a sentence names are where it happens: not those from which
    weapons came, nor several that only name who came or spoke."""
    abroad = sum(each.pointer == FOREIGN for each in sentence.places)
    told = bool(sentence.triggers) or bool(sentence.scan.of("cause"))
    return not _only_launched_from(sentence) and (told or abroad < _COUNTRIES)


def _only_launched_from(sentence: ParsedSentence) -> bool:
    """Whether a place is only where weapons came from: "Drones flew from Kursk towards Sumy"."""
    named: list[Mention] = [m for m in sentence.places if not m.aside] or sentence.places
    at_home = any(mention.pcode and mention.pcode != UKRAINE for mention in named)
    return at_home and any(trigger.indicator == LAUNCH for trigger in sentence.triggers)
