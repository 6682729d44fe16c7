"""/feed.xml: the newest reports and tables, for feed readers."""

from impact.address import declared, parameters
from impact.exports import atom
from impact.model.language import N_, SOURCE_LANGUAGE
from pages.api import Address, Answer, Asked


def answer(asked: Asked) -> Answer:
    """An entry a document; its link opens the document's figures on the Data page."""
    language = asked.words.language
    lang = {} if language == SOURCE_LANGUAGE else {"lang": language}

    def at(path: str, **query: str) -> str:
        written = parameters.write({**query, **lang})
        return f"{asked.base}{path}{'?' if written else ''}{written}"

    body = atom.atom(
        asked.reader,
        asked.words,
        feed_url=at(asked.path),
        page_of=lambda document: at("/data", document=document),
        home=at("/"),
    )
    return Answer(body=body, mime="application/atom+xml; charset=utf-8")


ADDRESSES = (
    Address(
        path="/feed.xml",
        meaning=N_("the 50 newest reports and tables as an Atom feed"),
        answer=answer,
        parameters=(declared.LANG,),
        examples=("", "lang=uk"),
    ),
)
