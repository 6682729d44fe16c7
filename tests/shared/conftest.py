"""A PostgreSQL and an S3 server for the tests of several machines; where one cannot be started its
tests are skipped, and the reason is said once.

Their modules are taken in here, so that this file can be read where the extra is not installed;
each file of tests says itself that it needs it.
"""

import os
import secrets
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.shared import object_server

if TYPE_CHECKING:
    from tests.shared.postgres import Postgres


@pytest.fixture(scope="session")
def postgres_address(request) -> str:
    """The address of a server's first database; PGPASSWORD holds what it asks for."""
    if given := os.environ.get("IMPACT_TEST_POSTGRES"):
        return given
    return request.getfixturevalue("postgres_server").address


@pytest.fixture(scope="session")
def postgres_server() -> "Iterator[Postgres]":
    """A PostgreSQL of the tests' own, which a test may stop if it starts it again."""
    from tests.shared import postgres

    if not (found := postgres.binaries()):
        pytest.skip(postgres.MISSING)
    with postgres.served(found) as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PGPASSWORD", server.password)
        yield server


@pytest.fixture
def database(postgres_address) -> Iterator[str]:
    """The address of an empty database."""
    from tests.shared import postgres

    with postgres.database(postgres_address) as address:
        yield address


@pytest.fixture(scope="session")
def object_server_(tmp_path_factory) -> Iterator[object_server.ObjectServer]:
    """An S3 server of the tests' own."""
    if not object_server.installed():
        pytest.skip(object_server.MISSING)
    with object_server.served(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def object_storage(object_server_, monkeypatch) -> object_server.ObjectServer:
    """The same at an address of its own, which is empty, and the environment that names it."""
    for name, text in object_server_.environment.items():
        monkeypatch.setenv(name, text)
    object_server_.address = f"s3://{object_server.BUCKET}/{secrets.token_hex(4)}"
    object_server_.start()
    return object_server_
