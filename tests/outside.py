"""What somebody sees of the dashboard from outside, printed. One process for several looks, as
each would import half of the packages anew:

    python -m tests.outside 'etl load curated' 'ask /health' 'page pages/explore/map.py' \
        'picture indicator=killed kind=bars'
"""

import json
import shlex
import sys
from pathlib import Path

from streamlit.testing.v1 import AppTest

from etl import __main__ as etl
from impact import views
from impact.store.reader import Reader
from tests.pages.api import asking


def command(*arguments: str) -> None:
    """A command of `python -m etl`."""
    assert etl.main(list(arguments)) == 0


def ask(target: str) -> None:
    """The body of the answer to a program."""
    print(asking.ask(target).body.decode())


def picture(*parameters: str) -> None:
    """A view's chart as JSON."""
    view = views.View.read({name: [text] for name, text in (p.split("=") for p in parameters)})
    chart = json.loads(views.draw(view, Reader()).chart.to_json())
    print(json.dumps(chart, ensure_ascii=False))


def page(path: str, *parameters: str) -> None:
    """Titles, texts, options and errors of a page, without a browser."""
    test = AppTest.from_file(str(Path("dashboard.py").resolve()), default_timeout=120)
    for parameter in parameters:
        name, _, text = parameter.partition("=")
        test.query_params[name] = text
    test.switch_page(path)
    test.run()
    for each in (*test.title, *test.markdown, *test.subheader, *test.exception):
        print(each.value)
    for each in test.selectbox:
        print(each.label, each.options)


def summary(name: str) -> None:
    """The rows of a summary."""
    print(Reader().query(f"FROM {name}").to_csv(index=False))


LOOKS = {"etl": command, "ask": ask, "picture": picture, "page": page, "summary": summary}

if __name__ == "__main__":
    for look in sys.argv[1:]:
        name, *given = shlex.split(look)
        LOOKS[name](*given)
