"""A provider of OpenID Connect on this machine: who comes to it is let in at once, as the person it was told."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from interviewlab.llm.scripted_endpoint import listen

CODE = "the-code-of-ada"


@dataclass
class Provider:
    """One person, the token they get, and what was asked of it."""

    person: str
    access_token: str
    url: str = ""
    asked: dict[str, str] = field(default_factory=dict)
    """Of the last sign-in, by name."""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))

    def metadata(self) -> dict[str, Any]:
        """Where everything is."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/oauth/authorize",
            "token_endpoint": f"{self.url}/oauth/token",
            "jwks_uri": f"{self.url}/oauth/jwks",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def authorize(self, query: str) -> str:
        """Where the browser goes back to."""
        self.asked = {name: values[0] for name, values in parse_qs(query).items()}
        back = self.asked["redirect_uri"]
        return f"{back}{'&' if '?' in back else '?'}{urlencode({'code': CODE, 'state': self.asked['state']})}"

    def token(self, body: str) -> dict[str, Any]:
        """For the code, and for that alone."""
        if parse_qs(body).get("code") != [CODE]:
            return {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.url,
            "sub": self.person,
            "preferred_username": self.person,
            "aud": self.asked["client_id"],
            "nonce": self.asked["nonce"],
            "iat": now,
            "exp": now + 999,
        }
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return {"access_token": self.access_token, "token_type": "bearer", "expires_in": 999, "id_token": signed}


@contextmanager
def serve_provider(person: str, access_token: str) -> Iterator[Provider]:
    """Listens on 127.0.0.1 until the block ends."""
    provider = Provider(person, access_token)

    class Handler(_Handler):
        known = provider

    with listen(Handler) as provider.url:
        yield provider


class _Handler(BaseHTTPRequestHandler):
    known: Provider

    def log_message(self, format: str, *args: object) -> None:
        return

    def do_GET(self) -> None:
        """The metadata, the key, and the way in."""
        at = urlsplit(self.path)
        if at.path == "/oauth/authorize":
            self.send_response(302)
            self.send_header("Location", self.known.authorize(at.query))
            self.end_headers()
        elif at.path == "/oauth/jwks":
            self._send(KeySet([self.known.key]).as_dict(private=False))
        else:
            self._send(self.known.metadata())

    def do_POST(self) -> None:
        """The token."""
        self._send(self.known.token(self.rfile.read(int(self.headers["Content-Length"])).decode()))

    def _send(self, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
