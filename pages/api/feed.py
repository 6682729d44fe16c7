"""/feed.xml and /corrections.xml: for feed readers, the newest reports and the corrections."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from impact.address import declared, filters, parameters
from impact.exports import atom
from impact.model.language import N_, SOURCE_LANGUAGE
from pages.api import Address, Answer, Asked

MIME = "application/atom+xml; charset=utf-8"


def answer(
    asked: Asked, *, written: Callable[..., bytes], page: str, parameter: str, home: str
) -> Answer:
    """An entry a document or correction; its link opens the page that shows it.

    page, parameter  the page, and how its address names what it shows
    home             the page that the whole feed is about
    """
    language = asked.words.language
    lang = {} if language == SOURCE_LANGUAGE else {"lang": language}

    def at(path: str, **query: str) -> str:
        written = parameters.write({**query, **lang})
        return f"{asked.base}{path}{'?' if written else ''}{written}"

    given = parameters.write(asked.given)
    body = written(
        asked.reader,
        asked.words,
        feed_url=f"{asked.base}{asked.path}{'?' if given else ''}{given}",
        page_of=lambda name: at(page, **{parameter: name}),
        home=at(home),
        places=filters.some_places(asked.values),
    )
    return Answer(body=body, mime=MIME)


# Of what a feed tells, where its address names places.
WITHIN = replace(
    declared.PLACES,
    meaning=N_("may stand several times; with all that lies in them; everywhere when left out"),
)

ADDRESSES = (
    Address(
        path="/feed.xml",
        meaning=N_("the 50 newest reports and tables as an Atom feed"),
        answer=partial(answer, written=atom.atom, page="/data", parameter="document", home="/"),
        parameters=(WITHIN, declared.LANG),
        mime=MIME,
        examples=("", "places=UA63", "lang=uk"),
    ),
    Address(
        path="/corrections.xml",
        meaning=N_("the 50 newest corrections and withdrawals as an Atom feed"),
        answer=partial(
            answer, written=atom.corrected, page="/check", parameter="check", home="/corrections"
        ),
        parameters=(WITHIN, declared.LANG),
        mime=MIME,
        examples=("", "places=UA63"),
    ),
)
