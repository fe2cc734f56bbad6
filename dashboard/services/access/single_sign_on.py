"""Asks an identity provider (OpenID Connect) who somebody is: authorisation code with PKCE.

The provider says a name and its lasting id of the person; role and areas are those of the user
of this name here, whom the id belongs to. Nothing is asked
of the provider but at a sign-in, and nothing where none is set.
"""

from __future__ import annotations

import re
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from dashboard.base.language import in_both
from dashboard.base.settings import IdentityProvider

if TYPE_CHECKING:  # the library and what it needs take long to import
    from authlib.integrations.requests_client import OAuth2Session

SCOPE = "openid profile email"
SECONDS = 4  # that an answer of the provider may take
_DESCRIBED = "/.well-known/openid-configuration"
_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
# By which a token may be signed: with a key that the provider alone has.
_SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
# Of a person: ASCII (OpenID Connect Core, 2), and nothing that a command line would take apart.
_ID = re.compile(r"[#%&'()*+,\-./0-9:;<=>?@A-Z\[\]^_a-z{|}~]{1,255}")
_CLOCKS_DIFFER = 60  # seconds
_KNOWN_FOR = 3600.0  # seconds for which a description of the provider holds
_DOWN_FOR = 10.0  # seconds for which a provider that did not answer is not asked again


class NotSignedIn(Exception):
    """The provider cannot be asked, or what it says is not to be believed; says so in words."""

    def __init__(self, key: str, **fields: object) -> None:
        """Keep the words of this key in both languages."""
        self.text = in_both(key, **fields)
        super().__init__(self.text.en)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a browser keeps from the beginning of a sign-in to its end."""

    state: str
    nonce: str
    verifier: str


class Vouched(NamedTuple):
    """Whom the provider names; ``subject`` is its issuer and its lasting id of the person."""

    name: str
    subject: str


class SingleSignOn:
    """Signs people in with one identity provider. Thread-safe."""

    def __init__(self, provider: IdentityProvider) -> None:
        """Ask this provider."""
        self._provider = provider
        self._described: tuple[float, dict[str, Any]] = (0.0, {})
        self._asking, self._again = threading.Lock(), 0.0  # when it may be asked after a failure

    def begin(self, answer: str) -> tuple[str, Attempt]:
        """Where the browser is sent, which comes back to ``answer``; raises NotSignedIn."""
        from authlib.common.security import generate_token

        attempt = Attempt(generate_token(32), generate_token(32), generate_token(64))
        asked = {"nonce": attempt.nonce, "code_verifier": attempt.verifier}
        with self._session(answer) as session:
            url, _ = session.create_authorization_url(
                self._description()["authorization_endpoint"], state=attempt.state, **asked
            )
        return url, attempt

    def vouched(self, attempt: Attempt, code: str, answer: str) -> Vouched:
        """Who has signed in with the provider; raises NotSignedIn."""
        from authlib.integrations.base_client import OAuthError
        from joserfc.errors import JoseError
        from requests import RequestException

        try:
            claims = self._claims(attempt, code, answer)
        except (OAuthError, JoseError, RequestException, ValueError, KeyError, TypeError) as error:
            raise NotSignedIn("sso_refused", reason=type(error).__name__) from error
        name = claims.get(self._provider.claim)
        if self._provider.claim == "email" and claims.get("email_verified") is not True:
            raise NotSignedIn("sso_no_name", claim="email_verified")
        if not isinstance(name, str) or not name.strip():
            raise NotSignedIn("sso_no_name", claim=self._provider.claim)
        if not _ID.fullmatch(str(claims["sub"])):
            raise NotSignedIn("sso_no_name", claim="sub")
        return Vouched(name.strip(), f"{self._provider.issuer} {claims['sub']}")

    def _claims(self, attempt: Attempt, code: str, answer: str) -> dict[str, Any]:
        """What the provider's signed token says, once it is known to be meant for this sign-in."""
        from authlib.oidc.core import CodeIDToken
        from joserfc import jwt
        from joserfc.jwk import KeySet
        from joserfc.jws import JWSRegistry

        description = self._description()
        with self._session(answer) as session:
            token = session.fetch_token(
                description["token_endpoint"], code=code, code_verifier=attempt.verifier
            )
            keys = session.request("GET", description["jwks_uri"], withhold_token=True)
            keys.raise_for_status()
        decoded = jwt.decode(
            token["id_token"],
            KeySet.import_key_set(keys.json()),
            registry=JWSRegistry(algorithms=_SIGNED_BY, strict_check_header=False),
        )
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            {
                "iss": {"essential": True, "value": description["issuer"]},
                "aud": {"essential": True, "value": self._provider.client},
                "sub": {"essential": True},
            },
            {
                "nonce": attempt.nonce,
                "client_id": self._provider.client,
                "access_token": token.get("access_token"),
            },
        )
        claims.validate(leeway=_CLOCKS_DIFFER)
        return dict(claims)

    def _session(self, answer: str) -> OAuth2Session:
        from authlib.integrations.requests_client import OAuth2Session

        return OAuth2Session(
            self._provider.client,
            self._provider.secret,
            scope=SCOPE,
            redirect_uri=answer,
            code_challenge_method="S256",
            default_timeout=SECONDS,
        )

    def _description(self) -> dict[str, Any]:
        """What the provider says of itself, asked again after an hour; raises NotSignedIn."""
        read, description = self._described
        if description and time.monotonic() - read < _KNOWN_FOR:
            return description
        # Nobody waits for another who asks a provider that did not answer before.
        if not self._asking.acquire(blocking=not self._again):
            raise NotSignedIn("sso_unreachable")
        try:
            self._ask_once()
        finally:
            self._asking.release()
        return self._described[1]

    def _ask_once(self) -> None:
        """Ask for the description, unless another has just done so; raises NotSignedIn."""
        read, description = self._described
        now = time.monotonic()
        if description and now - read < _KNOWN_FOR:
            return
        if now < self._again:
            raise NotSignedIn("sso_unreachable")
        try:
            self._described = (now, self._asked())
        except NotSignedIn:
            self._again = time.monotonic() + _DOWN_FOR
            raise
        self._again = 0.0

    def _asked(self) -> dict[str, Any]:
        from requests import RequestException, get

        try:
            answer = get(f"{self._provider.issuer}{_DESCRIBED}", timeout=SECONDS)
            answer.raise_for_status()
            description = answer.json()
            is_whole = all(isinstance(description[name], str) for name in _NEEDED)
            is_own = description["issuer"].rstrip("/") == self._provider.issuer
        except (RequestException, ValueError, KeyError, TypeError, AttributeError) as error:
            raise NotSignedIn("sso_unreachable") from error
        if not (is_whole and is_own):
            raise NotSignedIn("sso_unreachable")
        return dict(description)
