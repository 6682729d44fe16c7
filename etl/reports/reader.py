"""Reader: the text of a report -> the figures it states, each with the words that say it."""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from etl.reports.mentions import gazetteer
from etl.reports.mentions.day import WEEK_AGO
from etl.reports.mentions.days import days
from etl.reports.mentions.places import UKRAINE, lists_oblasts, mentions
from etl.reports.model.document import SHEETS, Document, Span, Table
from etl.reports.model.limits import READ
from etl.reports.model.reading import Read, Reading, RefusedRow, Remark
from etl.reports.resolution.around_tables import Around, Surroundings
from etl.reports.resolution.both_tolls import lump_totals
from etl.reports.resolution.claims import NumberClaim
from etl.reports.resolution.context import AIR_FORCE, Context, is_of_state, office_of
from etl.reports.resolution.day_sections import heads_of_days
from etl.reports.resolution.discourse import take_subject
from etl.reports.resolution.grammar import claims
from etl.reports.resolution.place_of import place_nationally
from etl.reports.resolution.remarks import Remarks
from etl.reports.resolution.temperature import temperatures
from etl.reports.results.collecting import collect
from etl.reports.tables import read_table
from etl.reports.tables.in_text import tables_in
from etl.reports.tables.reasons import NO_INDICATOR
from etl.reports.text.cleaned import LONG_DASH, clean
from etl.reports.text.function_words import is_little
from etl.reports.text.lexicon import Language, languages
from etl.reports.text.sentence import POINTERS, Scan
from etl.reports.text.tokens import NUMBER, WORD, Sentence, sentences
from etl.reports.text.unread import Teller, language_of
from etl.reports.weighing.guesses import Weigher
from etl.reports.weighing.weights import Weights, shipped
from impact.model import dates
from impact.model.figure import Figure
from impact.model.places import PLACES, smallest_around

_WORDS = re.compile(r"[^\W\d_]+")
_COMMON_WORD = 8  # letters that one of the commonest words of a language weighs
_SAMPLE = 4_000  # characters by which the language is told

# "27 січня⏎2026 року", "January 27,⏎2026", "27⏎січня 2026": headlines break anywhere.
_BROKEN_DATE = re.compile(
    r"\b(?:\d{1,2} [^\W\d_]+\.?|[^\W\d_]+ \d{1,2},)\n(?=(?:19|20)\d\d\b)"
    r"|\b\d{1,2}\n(?=[^\W\d_]+ (?:19|20)\d\d\b)"
)
# "… rescue crews. On 17⏎March a drone": a long line of prose may end between a day and its month.
_DAY_AT_END = re.compile(r"(?<=\n)(?P<line>[^\n]{30,}[^\W\d_] \d{1,2})\n(?P<word>[^\W\d_]{3,})")
# "24 February-01 March": a hyphen that would make one word of a month and the next day.
_GLUED_SPAN = re.compile(r"(?<=\d )([^\W\d_]{3,})-(?=\d{1,2} [^\W\d_])")

# A line that dates a report is short, near the top, and has hardly a word beside the date.
_TOP_LINES, _DATELINE, _DATELINE_WORDS = 4, 14, 4
_DAY = 10  # letters of an ISO day
_MONTH = 7  # and of an ISO month
_SHOWN = 200  # characters of a row that nobody understands
_SAVED = ("pdf", "docx")  # kinds whose files tell when they were made, not when they came out
_BYLINE, _BETWEEN = 3, "•·|"  # tokens of "Kyiv • UNN"
_OLDER_COUNT = 7  # tokens of a line that only recalls an older count
_MOST_BARE = 50  # tokens of a run of numbers that is read
_LEAD = 1  # the last line that may be about the whole report
_SECTION = 4  # tokens of a line that is only a place
_IMPACT = (
    "toll",
    "services",
    "units",
    "outright",
    "states",
    "reconnected",
    "temperature",
    "launch",
    "damage",
)


def read(
    text: str,
    published: str = "",
    document: Document | None = None,
    weigher: Weigher | None = None,
    remarks: Sequence[Remark] = (),
    without_place: Sequence[Table] = (),
) -> Reading:
    """Every figure that a text states; numbers that look like one and lack something apart.
    Passages in a language that is not read give neither; the reading says which language.

    published  ISO day of publication, against which "yesterday" and days without a year are told;
               if empty, the first full date of the text's opening lines is taken
    document   gives publisher, address and pages, if the text came from a file
    weigher    a new one for each text; without it, one with the shipped weights
    remarks    passages that stand in a table's row and are about its place and day
    without_place  tables of the document whose place only the text can tell
    Deterministic; raises nothing on any text.
    """
    inside = [*tables_in(text)]
    asked = not published and (inside or without_place)
    day = _opening_day(text[:_SAMPLE]) if asked else published
    prose, tables, open_ = _tables_of(text, inside, day, document)
    open_ += [(document, table) for table in without_place if document]
    surroundings = Surroundings()
    cleaned = replace(clean(_with_dates_whole(prose)), given=text)
    default, teller = _language(cleaned.text, None), Teller(cleaned.text)
    weigher = weigher or Weigher(shipped())
    context = Context(published=_day(published), weigh=weigher.consider)
    made: list[NumberClaim] = []
    beside = Remarks([*remarks, *(each for table in tables for each in table.remarks)], context)

    def read_language(block: str) -> Language | None:
        return None if teller.unread(block) else _language(block, default)

    counting = [table for table in tables if table.figures]
    passed, parted = 0, [*sentences(cleaned.text, read_language)]
    context.heads_of_days = heads_of_days(parted, context.published)
    for sentence, language in parted:
        if _is_only_numbers(sentence):
            continue
        scan = Scan(sentence, language, context.published)
        start, _ = cleaned.span(sentence.tokens[0].start, sentence.tokens[0].end)
        if (remark := beside.context_at(start)) is not None:
            remark.enter(sentence.block)
            made += claims(scan, remark)
            continue
        while passed < len(counting) and (counting[passed].figures[-1].figure.end or 0) <= start:
            _take_whole(counting[passed], context)
            passed += 1
        context.enter(sentence.block, sentence.bullet)
        if open_ and not _overlaps((start, start + 1), [table.span for _, table in open_]):
            surroundings.hear(scan, context, cleaned.span(start, sentence.tokens[-1].end))
        if _is_byline(scan) or _is_link(scan, context):
            continue
        _open_section(scan, context)
        if _is_dateline(scan, context):
            _take_heading(scan, context)
        elif not scan.opens_with(*POINTERS):
            heading = sentence.block == 0 and sentence.heading
            recalled, undated = scan.opens_with("recap"), _is_undated_recap(scan, context)
            for claim in (*temperatures(scan, context), *claims(scan, context)):
                claim.heading, claim.recalled = heading, recalled
                if not undated or claim.status == "without":
                    made.append(claim)
    if context.heard:
        place_nationally(made)
    lump_totals(made)
    reading = collect(made, default.name, cleaned, context, document, weigher.guesses)
    for table in tables:
        reading.add(table)
    for source, lacking in open_:
        around = surroundings.place_of(lacking.span) or _as_sentences(reading, lacking.span)
        _take_better(reading, _placed(source, lacking, day, around), lacking.span)
    reading.unread = tuple(teller.found)
    if teller.whole:
        reading.language = teller.whole
    reading.published = context.published.isoformat() if context.published else ""
    return reading


def read_document(
    document: Document, published: str = "", weights: Weights | None = None
) -> Reading:
    """Every figure of a document, in its running text and in its tables.

    published  ISO day, if a person knows it; else the document's own: of a file that was printed
               or saved some day, rather the day that its opening lines name
    weights    those of a store; without them, the shipped ones
    Of running text the first READ characters are read; `too_long` says whether there are more.
    """
    if not published and document.kind in _SAVED:
        published = _opening_day(document.text[:_SAMPLE])
    published = published or document.published[:10]
    whole = Reading(published=published)
    prose = document.text
    without_place: list[Table] = []
    for table in document.tables:
        found = read_table(document, table, published)
        if document.kind in SHEETS:
            whole.add(found)
            prose = _without(prose, table, found.remarks, posts=True)
        elif _lacks_place(found):
            without_place.append(table)
            prose = _without(prose, table, ())
        else:
            prose = _take_table(whole, found, table, prose)
    weigher = Weigher(weights or shipped())
    if document.kind in SHEETS:
        _take_told(whole, prose, published, document, weigher)
        whole.language = whole.language or _language(document.text, None).name
        if not whole.figures and (unread := language_of(document.text)):
            whole.language, whole.unread = unread, (unread,)
        elif not (whole.figures or whole.unplaced or whole.left_out or whole.refused):
            whole.refused = [*_of_nothing(document)]
        return whole
    told = read(prose[:READ], published, document, weigher, whole.remarks, without_place)
    whole.add(told)
    whole.language = told.language
    whole.published = told.published or published
    return whole


def _of_nothing(document: Document) -> Iterator[RefusedRow]:
    """That a sheet's tables count nothing that is kept here, each by its first row."""
    for table in document.tables:
        first = " | ".join(document.text[start:end] for start, end in table.rows[0] if start < end)
        where = ", ".join(filter(None, [table.position, "row 1"]))
        yield RefusedRow(where, NO_INDICATOR, first[:_SHOWN])


def _take_told(
    reading: Reading, prose: str, published: str, document: Document, weigher: Weigher
) -> None:
    """Adds what the words in the rows of a sheet tell: the posts of a channel, the notes on an
    event. What the row counts in a column of its own is not said twice."""
    if not reading.remarks:
        return
    told = read(prose[:READ], published, document, weigher, reading.remarks)
    counted = {(*_counted(each.figure), row) for each in reading.figures if (row := _row_of(each))}
    rows = sorted({row for *_, row in counted})
    told.figures = [
        each
        for each in told.figures
        if (*_counted(each.figure), _around(rows, each.figure.start)) not in counted
    ]
    told.language = ""
    reading.add(told)


def _counted(figure: Figure) -> tuple[str, float | None, str]:
    return figure.indicator, figure.value, figure.people


def _row_of(read: Read) -> Span | None:
    """The span of the row that a figure of a table quotes."""
    start, end = read.figure.start, read.figure.end
    return None if start is None or end is None else (start, end)


def _around(rows: Sequence[Span], offset: int | None) -> Span | None:
    """The last row, of rows in their order, that begins before an offset."""
    at = bisect(rows, (offset or 0, 0)) - 1
    return rows[at] if at >= 0 and (offset or 0) < rows[at][1] else None


def _take_table(reading: Reading, found: Reading, table: Table, prose: str) -> str:
    """Adds the figures of a table to a reading; returns the running text without the table.

    The cells of a table that only arranges text stay running text.
    """
    if not (found.rows or found.figures or found.unplaced or found.remarks):
        return prose
    reading.add(found)
    return _without(prose, table, found.remarks)


def _lacks_place(reading: Reading) -> bool:
    """Whether a table lacks nothing to be read but the place that it is about."""
    lacking = reading.unplaced and all(each.lacks == ("place",) for each in reading.unplaced)
    return bool(lacking) and not (reading.figures or reading.remarks)


def _as_sentences(reading: Reading, span: Span) -> Around | None:
    """The one place at which the lines of a table count, read as sentences; None for several."""
    found = [each.figure for each in reading.figures if not each.guess]
    inside = [
        figure.place
        for figure in found
        if figure.start is not None and span[0] <= figure.start < span[1]
    ]
    return Around(inside[0], span, certain=False) if len({*inside}) == 1 else None


def _placed(document: Document, table: Table, published: str, around: Around | None) -> Reading:
    """The figures of a table about the place that the text around it names. Without such a place
    its numbers are unplaced, so that a reviewer sees them."""
    if around is None:
        return read_table(document, table, published)
    reading = read_table(document, table, published, (around.pcode, around.span))
    if not around.certain:
        reading.figures = [replace(each, carried=True) for each in reading.figures]
    return reading


def _take_better(reading: Reading, placed: Reading, span: Span) -> None:
    """Of a table that was read as sentences, too, takes what gives more figures: a list of places
    may be understood better line by line."""

    def outside(start: int | None) -> bool:
        return start is None or not span[0] <= start < span[1]

    figures = [each for each in reading.figures if outside(each.figure.start)]
    if len(placed.figures) < len(reading.figures) - len(figures):
        return
    reading.figures = figures
    reading.unplaced = [each for each in reading.unplaced if outside(each.start)]
    reading.left_out = [each for each in reading.left_out if outside(each.start)]
    reading.add(placed)


def _tables_of(
    text: str, inside: Sequence[Table], day: str, document: Document | None
) -> tuple[str, list[Reading], list[tuple[Document, Table]]]:
    """A text without its tables, what each says, and those that lack nothing but their place. These
    stay in the text, as a table does of which nothing is understood.

    Of two ways to part the same lines the one that gives more figures holds; of two that give as
    many, the one whose signs part cells more surely.

    inside  the tables that its lines make
    day     ISO day of publication, or that of the opening lines; may be empty
    """
    found: list[tuple[Table, Reading]] = []
    without_place: list[tuple[Document, Table]] = []
    source = document or Document(name="", kind="text", text=text)
    for table in inside:
        reading = read_table(source, table, day)
        doubted = reading.unplaced or not _lists_arms(reading) or _opens_with_group(reading)
        doubted = table.loose and doubted
        others = not table.loose and _counts_others(reading)
        if (reading.figures or reading.remarks or others) and not doubted:
            found.append((table, reading))
            if not table.loose:  # what stands above the next table ends with this one
                source = replace(source, tables=(*source.tables, table))
        elif not table.loose and _lacks_place(reading):
            without_place.append((source, table))
            source = replace(source, tables=(*source.tables, table))
    kept: dict[Span, Reading] = {}
    for table, reading in sorted(found, key=lambda each: (-len(each[1].figures), each[0].loose)):
        if not _overlaps(table.span, kept):
            text = _without(text, table, reading.remarks)
            kept[table.span] = reading
    open_: dict[Span, tuple[Document, Table]] = {}
    for source, table in without_place:
        if not _overlaps(table.span, [*kept, *open_]):
            open_[table.span] = source, table
    return text, [kept[span] for span in sorted(kept)], [*open_.values()]


def _lists_arms(reading: Reading) -> bool:
    """Whether no row of a list was refused, but for weapons that are not kept beside others that
    were launched."""
    launched = all(each.figure.indicator.endswith("_launched") for each in reading.figures)
    kept = all(each.reason.startswith(NO_INDICATOR) for each in reading.refused)
    return not reading.refused or (launched and kept and len(reading.figures) > 0)


def _opens_with_group(reading: Reading) -> bool:
    """Whether only the first row of a list says who is counted, so that the list is one sentence:
    "The most children were hurt in Donetsk - 120, Kharkiv - 80"."""
    first, *others = *(each.figure.people for each in reading.figures), "all", "all"
    return first != "all" and {*others} == {"all"} and len(reading.figures) > 1


def _counts_others(reading: Reading) -> bool:
    """Whether a table was understood and counts nothing that is kept: it holds no sentences."""
    reasons = [each.reason for each in reading.refused]
    return bool(reasons) and all(each == NO_INDICATOR for each in reasons)


def _overlaps(span: Span, spans: Iterable[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in spans)


def _is_only_numbers(sentence: Sentence) -> bool:
    """Whether a long run of numbers has no word that could say what one of them counts."""
    tokens = sentence.tokens
    return len(tokens) > _MOST_BARE and all(token.kind == NUMBER for token in tokens)


def _take_whole(table: Reading, context: Context) -> None:
    """What stands below a table is about the place that holds all its rows: "Of them 502 died"."""
    places = {each.figure.place for each in table.figures}
    context.named |= places
    context.tabled |= places
    context.remember(smallest_around(places))


def too_long(document: Document) -> bool:
    """Whether a document has more running text than is read."""
    return document.kind not in SHEETS and len(document.text) > READ


def _opening_day(text: str) -> str:
    """The date in the first lines of a text; empty without one."""
    cleaned, context = clean(_with_dates_whole(text)), Context()
    default = _language(cleaned.text, None)
    for sentence, language in sentences(cleaned.text, lambda block: _language(block, default)):
        if sentence.block > _TOP_LINES:
            break
        _is_dateline(Scan(sentence, language), context)
    return context.published.isoformat() if context.published else ""


def _with_dates_whole(text: str) -> str:
    """A text whose dates are neither broken over lines nor glued together; all offsets stay."""
    text = _DAY_AT_END.sub(_with_its_month, _BROKEN_DATE.sub(_on_one_line, text))
    return _GLUED_SPAN.sub(_with_long_dash, text)


def _with_its_month(day: re.Match[str]) -> str:
    """A day at the end of a line and the month below it on one line."""
    return f"{day['line']} {day['word']}" if _is_month(day["word"]) else day[0]


def _with_long_dash(word: re.Match[str]) -> str:
    """The month of "24 February-01 March" with a dash behind it that parts words."""
    return word[1] + LONG_DASH if _is_month(word[1]) else word[0]


def _is_month(word: str) -> bool:
    return any(
        entry.kind == "months"
        for language in languages().values()
        for entry in language.entries(word.lower())
    )


def _on_one_line(date: re.Match[str]) -> str:
    """A date that a line end breaks, with a space in its place: all offsets stay."""
    return date[0].replace("\n", " ")


def _without(text: str, table: Table, remarks: Sequence[Remark], posts: bool = False) -> str:
    """A text with blanks in the place of a table, so that offsets behind it stay right. Its remarks
    stay, each as a line of its own, or with lines of its own if its cells are posts."""
    start, end = table.span
    blank = ["\n" if character == "\n" else " " for character in text[start:end]]
    for first, last in (remark.span for remark in remarks):
        told = text[first:last]
        blank[first - start : last - start] = told if posts else told.replace("\n", " ")
        for at in (first - 1, last):
            if start <= at < end:
                blank[at - start] = "\n"
    return text[:start] + "".join(blank) + text[end:]


def _day(stated: str) -> date | None:
    with suppress(ValueError):
        day = date.fromisoformat(stated[:10])
        return day if dates.FIRST <= day <= dates.LAST else None
    return None


def _language(text: str, default: Language | None) -> Language:
    """The language whose commonest words and letters a text has most of."""
    known = list(languages().values())
    if default is not None and not any(
        other.letters.search(text) for other in known if other is not default
    ):
        return default
    low = text.lower()[:_SAMPLE]
    words = _WORDS.findall(low)
    score = {
        language.name: len("".join(language.letters.findall(low)))
        + _COMMON_WORD * sum(map(language.common.__contains__, words))
        for language in known
    }
    best = max(known, key=lambda language: score[language.name])
    return best if score[best.name] else default or best


def _is_dateline(scan: Scan, context: Context) -> bool:
    """Whether a line is only a date ("19:42, 15 січня 2026").

    It dates the report if nothing has yet.
    """
    said = scan.sentence
    if len(scan.tokens) > _DATELINE or not (said.heading or said.block <= _TOP_LINES):
        return False
    told = [day for day in days(scan, context.published) if len(day.stated) == _DAY]
    full = [day for day in told if day.relative != WEEK_AGO]
    if not full:
        return False
    if all(day.relative for day in full) and _counts(scan):
        return False  # "Yesterday it was 1,900, today it is 1,150."
    others = [
        token for i, token in enumerate(scan.tokens) if i not in scan.taken and token.kind == WORD
    ]
    if scan.sentence.block <= _TOP_LINES:
        _date_report(_day(full[0].stated), context, alone=not others)
    return len(others) <= _DATELINE_WORDS and not any(scan.of(kind) for kind in _IMPACT)


def _counts(scan: Scan) -> bool:
    """Whether a sentence has a number besides its days."""
    return any(t.kind == NUMBER and i not in scan.taken for i, t in enumerate(scan.tokens))


def _date_report(day: date | None, context: Context, *, alone: bool) -> None:
    """Takes the first day of a report's opening lines as its own. A later one that stands alone in
    its line goes before it: "Correction to the report of 18 March⏎19 March".
    """
    known = context.published
    if known is None or (alone and context.self_dated and day and day > known):
        context.published, context.self_dated = day, True


def _take_heading(scan: Scan, context: Context) -> None:
    """What a line beside its date says of the report: places, that what follows is by oblast, and
    that the Air Force or another body of the state gives it."""
    context.look_ahead(days(scan, context.published))
    said = [match.value for match in scan.of("speakers")]
    context.air_force = context.air_force or AIR_FORCE in said
    context.of_state = context.of_state or (any(map(is_of_state, said)) and not mentions(scan))
    context.by_oblast = context.by_oblast or lists_oblasts(scan)
    take_subject(scan, context)
    told = [day for day in days(scan, context.published) if not day.relative]
    if scan.sentence.block == 0 and len(told) == 1 and not told[0].several:
        context.take_headed(told[0].stated)
    spans = [day for day in told if day.several]
    if spans and scan.sentence.block <= _TOP_LINES:
        context.closing, context.total = spans[-1].stated, True
    named = [code for mention in mentions(scan) if (code := context.resolve(mention)) in PLACES]
    for pcode in named:
        context.remember(pcode)
    if not named:
        _take_village(scan, context)
    full = [day.stated for day in days(scan, context.published) if len(day.stated) == _DAY]
    if len(full) == 1 and not scan.sentence.heading:  # "Kyiv after 27 December. Then …"
        context.event_here = full[0]
    if not named and not context.place:  # "Chernihivoblenergo, 3 February"
        for office in filter(None, map(office_of, said)):
            context.remember(office)
    block = scan.sentence.block
    below = block > _LEAD and (len(named) == 1 or block > _TOP_LINES)
    if below or block in context.heads_of_days:
        _date_section(scan, context, named)


def _take_village(scan: Scan, context: Context) -> None:
    """A village that stands alone beside a day: "Lapaivka, Sunday". The text is about its oblast
    or, where several have a village of this name, about nobody knows which."""
    words = [
        token for i, token in enumerate(scan.tokens) if token.kind == WORD and i not in scan.taken
    ]
    if len(words) != 1 or not words[0].text[0].isupper():
        return
    oblasts = [*gazetteer.oblasts_of_village(words[0].low)]
    if len(oblasts) == 1:
        context.remember(oblasts[0])
    context.crossed = context.crossed or len(oblasts) > 1


def _date_section(scan: Scan, context: Context, named: list[str]) -> None:
    """A line of only a day and a place within a text begins a section about them: "Ternopil, 19
    November"."""
    stated = [day.stated for day in days(scan, context.published) if len(day.stated) == _DAY]
    context.section_day = stated[-1]
    if len(named) == 1 and named[0] != UKRAINE:
        context.topic = named[0]
        context.sections.add(named[0])


def _open_section(scan: Scan, context: Context) -> None:
    """A line or sentence that is only a place ("Київщина.") begins a section about it.

    A short line about no place ends the sections, unless it goes on with them: "Killed: 2",
    "Killed: none".
    """
    if len(scan.tokens) > _SECTION or _tells(scan):
        return
    found = [mention for mention in mentions(scan) if mention.pcode]
    words = sum(token.kind == WORD for token in scan.tokens)
    if len(found) == 1 and words <= found[0].end - found[0].start:
        context.topic = found[0].pcode
        context.sections.add(found[0].pcode)
        context.remember(found[0].pcode)
    elif not found and context.sections and not context.begun and words < _SECTION:
        context.leave_sections()


def _tells(scan: Scan) -> bool:
    """Whether a short line has a number, or a key and its value."""
    keyed = any(token.text == ":" for token in scan.tokens[:-1])
    return keyed or any(token.kind == NUMBER for token in scan.tokens)


def _is_undated_recap(scan: Scan, context: Context) -> bool:
    """Whether a sentence recalls an earlier story without its day.

    What is recalled with its day is read and marked as recalled. Of what is recalled without one,
    only who is still without supply is told of today.
    """
    if not scan.opens_with("recap") or len(scan.tokens) <= _OLDER_COUNT or scan.change:
        return False  # "Раніше повідомлялося про вісьмох.", "… про 19, згодом зросла до 31"
    return not any(
        len(day.stated) == _DAY or _is_last_month(day.stated, context.published)
        for day in days(scan, context.published)
    )


def _is_last_month(stated: str, published: date | None) -> bool:
    """Whether an ISO month is that of the publication or the one before."""
    if published is None or len(stated) != _MONTH:
        return False
    before = published.replace(day=1) - timedelta(days=1)
    return f"{before:%Y-%m}" <= stated <= f"{published:%Y-%m}"


def _is_byline(scan: Scan) -> bool:
    """Whether a line only says where an agency wrote the text: "Kyiv • UNN"."""
    words = [token.text for token in scan.tokens]
    return len(words) == _BYLINE and words[1] in _BETWEEN and words[2].isupper()


def _is_link(scan: Scan, context: Context) -> bool:
    """Whether a line is one of the other stories to which a page points: the headlines and their
    times below a line that says no more than "More on the topic", up to the next whole sentence."""
    only = scan.opens_with("links") and scan.sentence.heading
    only = only and not any(i not in scan.taken and _is_word(scan, i) for i in _after_pointer(scan))
    only = only or _heads_news(scan)
    goes_on = context.linking and (scan.sentence.heading or _is_time(scan, context))
    context.linking = only or goes_on
    return context.linking


def _is_time(scan: Scan, context: Context) -> bool:
    """Whether a sentence is only a day and a time: "14:15 05 Dec 2025."."""
    days(scan, context.published)
    return all(i in scan.taken or scan.mark(i) for i in range(len(scan.tokens)))


def _heads_news(scan: Scan) -> bool:
    """Whether a line below the first ones is nothing but "News", the head of the site's list."""
    alone = scan.sentence.heading and len(scan.tokens) == 1
    return alone and scan.sentence.block > _TOP_LINES and is_little(scan, 0, "news")


def _after_pointer(scan: Scan) -> range:
    pointer = next(each for each in scan.of("related") if each.value == "links")
    return range(pointer.end, len(scan.tokens))


def _is_word(scan: Scan, i: int) -> bool:
    return scan.tokens[i].kind == WORD
