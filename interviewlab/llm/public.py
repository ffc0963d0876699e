"""An HTTP client for addresses that strangers name: it reaches the public internet, and nothing behind this machine.

A name is looked up once and the connection goes to the address that was checked, so a name that is bent to a private
address between check and use reaches nothing. Redirects come by here too.
"""

from __future__ import annotations

import asyncio
import socket
from ipaddress import ip_address

import httpx


def public_client(timeout_s: float) -> httpx.AsyncClient:
    """Takes no proxy from the environment: a proxy would look names up itself."""
    return httpx.AsyncClient(transport=_PublicOnly(), timeout=timeout_s, trust_env=False, follow_redirects=False)


class _PublicOnly(httpx.AsyncHTTPTransport):
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it to an address that was checked. Raises ConnectError where there is none, or no TLS."""
        host = request.url.host
        if request.url.scheme != "https":
            raise httpx.ConnectError("Only https:// is reached.")
        address = await public_address(host, request.url.port or 443)
        request.extensions = {**request.extensions, "sni_hostname": host}
        request.url = request.url.copy_with(host=address)
        return await super().handle_async_request(request)


async def public_address(host: str, port: int) -> str:
    """One address of ``host``, if all it has are public. Raises ConnectError."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpx.ConnectError("The name is not known.") from error
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(_is_public(address) for address in addresses):
        raise httpx.ConnectError("The address is not public.")
    return addresses[0]


def _is_public(address: str) -> bool:
    parsed = ip_address(address.split("%")[0])
    mapped = getattr(parsed, "ipv4_mapped", None) or parsed
    return mapped.is_global and not mapped.is_multicast and not mapped.is_reserved
