"""What is asked of an OpenID Connect provider, by Authlib: the way there, what it says of whoever
comes back, the way out, and its word that somebody has left.

Taken in where a provider is asked alone (sign_in.py): most servers never do.

Sources: OpenID Connect Core 1.0, RP-Initiated Logout 1.0, Back-Channel Logout 1.0.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import httpx2
from authlib.integrations.starlette_client import OAuth, OAuthError
from authlib.integrations.starlette_client.apps import StarletteOAuth2App
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from starlette.requests import Request
from starlette.responses import Response

from impact.access.settings import Settings

# Seconds by which clocks may differ.
APART = 300
# Seconds between two questions for the provider's keys.
AGAIN = 60.0
# When the keys were last asked for again, by whose they are (time.monotonic).
_asked: dict[str, float] = {}
# How a word may be signed: by a key that the provider alone has.
SIGNED = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"


class Away(Exception):
    """The provider cannot be reached, or does not answer as one."""


class Refused(Exception):
    """What came is not what the provider sends; it carries the kind of fault and nothing of what
    came, which may be a code or a token."""


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except httpx2.HTTPError as error:
        raise Away(type(error).__name__) from None
    except (OAuthError, JoseError, LookupError, TypeError, ValueError, RuntimeError) as error:
        raise Refused(type(error).__name__) from None


@lru_cache(maxsize=1)
def _client(found: Settings) -> StarletteOAuth2App:
    oauth = OAuth()
    oauth.register(
        "provider",
        client_id=found.client,
        client_secret=found.secret,
        server_metadata_url=found.provider,
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256"},
    )
    return oauth.create_client("provider")


async def way_there(request: Request, found: Settings, back: str) -> Response:
    """Sends a browser to the provider. Raises Away, Refused."""
    asked = {"prompt": found.prompt} if found.prompt else {}
    with _told():
        return await _client(found).authorize_redirect(request, back, **asked)


async def claims(request: Request, found: Settings) -> Mapping[str, Any]:
    """What the ID token says of whoever came back: its signature, issuer, audience, time and nonce
    are right, and it was fetched with the verifier of this very browser. Raises Away, Refused.

    Authlib asks for a key by a name that it does not know, and not where another key goes by the
    name that it knows, or keys have none. Who signs in then has to try once more.
    """
    client = _client(found)
    with _told():
        try:
            token = await client.authorize_access_token(request)
        except BadSignatureError:
            await _keys_anew(client)
            raise
        return token["userinfo"]


async def way_out(found: Settings) -> str:
    """Where the provider ends its own session; the first page where it has no such place."""
    try:
        with _told():
            end = (await _client(found).load_server_metadata()).get("end_session_endpoint")
    except (Away, Refused):
        end = None
    query = {"client_id": found.client, "post_logout_redirect_uri": f"{found.address}/"}
    return f"{end}?{urlencode(query)}" if end else "/"


async def _claims(client: StarletteOAuth2App, word: str) -> Mapping[str, Any]:
    """What a word says, if the provider has signed it. A provider changes its keys now and then: a
    key that is not known is asked for."""
    keys = KeySet.import_key_set(await client.fetch_jwk_set())
    try:
        return jwt.decode(word, keys, algorithms=SIGNED).claims
    except (InvalidKeyIdError, BadSignatureError):
        if not await _keys_anew(client):
            raise
    keys = KeySet.import_key_set(await client.fetch_jwk_set())
    return jwt.decode(word, keys, algorithms=SIGNED).claims


async def _keys_anew(client: StarletteOAuth2App) -> bool:
    """Asks for the provider's keys again, but not as often as anybody likes to send a word."""
    if time.monotonic() < _asked.get(client.name, -AGAIN) + AGAIN:
        return False
    _asked[client.name] = time.monotonic()
    await client.fetch_jwk_set(force=True)
    return True


async def left(word: str, found: Settings) -> tuple[str, str, str, str]:
    """The name of a provider's word that somebody has left, and issuer, subject and session.

    Raises Away; Refused for what the provider has not signed, or what is no word of a logout here
    and now (Back-Channel Logout 1.0, 2.6).
    """
    with _told():
        client = _client(found)
        issuer = (await client.load_server_metadata())["issuer"]
        said = await _claims(client, word)
        audience = said["aud"] if isinstance(said["aud"], list) else [said["aud"]]
        now = time.time()
        right = (
            said["iss"] == issuer
            and found.client in audience
            and abs(now - float(said["iat"])) < APART
            and now < float(said.get("exp", now)) + APART
            and LOGOUT in said["events"]
            and "nonce" not in said
            and (said.get("sub") or said.get("sid"))
        )
        if not right:
            raise ValueError
        about = (str(said.get(each, "")) for each in ("sub", "sid"))
        return str(said["jti"]), issuer, *about
