"""Which place a mention means: "the region", "the city", a name that several places have."""

from etl.reports.mentions.gazetteer import centre, region_of
from etl.reports.mentions.place_mention import CENTRE, CITY, FORMER, LATTER, REGION, Mention
from etl.reports.mentions.places import KYIV, UKRAINE
from etl.reports.resolution.claims import ParsedSentence
from impact.model.places import PLACES, is_city, own_oblast

_BEHIND = 1  # tokens between a place and its oblast: a comma, "на"
_PAIR = 2  # places of which "the former" is one
_OPENING = 2  # tokens before a place with which a sentence begins


def resolve(sentence: ParsedSentence, mention: Mention) -> str:
    """The P-code of a mention. "The region" means the oblast named before it in this sentence."""
    if mention.pointer == REGION:
        for other in reversed(sentence.places):
            if other.end <= mention.start and other.pcode and other.pcode != UKRAINE:
                place = PLACES[other.pcode]
                if place.level == "oblast" and place.pcode != KYIV:
                    return other.pcode
                opens = other is sentence.places[0] and other.start <= _OPENING
                if opens or not sentence.context.oblast:
                    return own_oblast(place)
        if not sentence.context.resolve(mention):  # "39,800 in the region; 610 blocks in Kyiv"
            behind = (m.pcode for m in sentence.places if m.start >= mention.end and m.pcode)
            return next((region_of(code) for code in behind if code != UKRAINE), "")
    if mention.pointer == CITY:  # "Шостка - 30 тисяч мешканців лівобережної частини міста"
        named = [each for each in sentence.places if each.end <= mention.start]
        before = (resolve(sentence, each) for each in named if each.pcode)
        if city := next((code for code in before if code and PLACES[code].level == "city"), ""):
            return city
        if any(each.pointer == REGION for each in sentence.places):  # "у місті та в області"
            return _centre_beside(sentence) or sentence.context.resolve(mention)
        # "у передмісті Харкова двоє, в самому місті - троє"
        return sentence.context.resolve(mention) or _centre_of_named(sentence, mention)
    if mention.pointer in (FORMER, LATTER):  # "Lviv and Rivne went dark; in the first one 80,000 …"
        pair = [m.pcode for m in sentence.places if m.pcode and m.end <= mention.start]
        if len(pair) == _PAIR:
            return pair[mention.pointer == LATTER]
    if mention.pointer == CENTRE:
        return _centre_of_named(sentence, mention) or sentence.context.resolve(mention)
    if mention.cities:  # "у Херсоні … у Дніпровському районі"
        beside = (each.pcode for each in sentence.places if not each.cities)
        if city := next((code for code in beside if code in mention.cities), ""):
            return city
        leading = [each for each in sentence.places if each.head and each.end <= mention.start]
        heads = [each.pcode for each in leading if each.pcode and is_city(each.pcode)]
        if len(mention.cities) > 1 and heads:
            return heads[-1]  # "Дніпро: … Лівобережжя": a name of parts of several cities
    if mention.oblasts and not mention.pcode:  # "На Сумщині … у Хотінській громаді"
        beside = (own_oblast(PLACES[each.pcode]) for each in sentence.places if each.pcode)
        if oblast := next((code for code in beside if code in mention.oblasts), ""):
            return oblast
    if mention.pcode and (oblast := _oblast_behind(sentence, mention)):
        return oblast
    found = sentence.context.resolve(mention)
    moved = found in mention.oblasts and mention.pcode not in ("", found)
    return mention.pcode if moved and _beside_its_own(sentence, mention) else found


def _oblast_behind(sentence: ParsedSentence, mention: Mention) -> str:
    """The oblast right behind the name of a city in another one, if it has a village of that name:
    "Zolochiv, Kharkiv Oblast", «у Золочеві на Харківщині»; else empty."""
    near = range(mention.end, mention.end + _BEHIND + 1)
    behind = (each.pcode for each in sentence.places if each.start in near)
    return next((code for code in behind if code in mention.oblasts), "")


def _beside_its_own(sentence: ParsedSentence, mention: Mention) -> bool:
    """Whether a sentence names another place of a city's oblast, so that no village of its name
    elsewhere is meant: "Chernihiv: two foresters hurt near Semenivka"."""
    own = own_oblast(PLACES[mention.pcode])
    others = (each for each in sentence.places if each.pcode and not each.oblasts)
    return any(own_oblast(PLACES[each.pcode]) == own for each in others)


def _centre_of_named(sentence: ParsedSentence, mention: Mention) -> str:
    """The centre of the oblast that a sentence has named last before a pointer; else empty."""
    named = [each.pcode for each in sentence.places if each.end <= mention.start and each.pcode]
    return centre(own_oblast(PLACES[named[-1]])) if named and named[-1] != UKRAINE else ""


def _centre_beside(sentence: ParsedSentence) -> str:
    """What "the city" means beside "the region": the city that the text is about, else the
    region's centre."""
    context = sentence.context
    about = PLACES.get(context.topic)
    if about is not None and (about.level == "city" or about.pcode == KYIV):
        return about.pcode
    return centre(context.oblast)
