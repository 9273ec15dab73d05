"""Tells the network of the house by zeroconf where the Wyoming service is, so that Home Assistant finds it.

Only where it is asked for: it shows everyone in the house that there is a coach.
"""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from zeroconf import Error as ZeroconfError
from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

from voicecoach.errors import HomeError
from voicecoach.home.addresses import is_loopback, seen_from_outside

KIND = "_wyoming._tcp.local."
"""What Home Assistant looks for."""


def service_at(uri: str) -> AsyncServiceInfo:
    """Describe the service at `uri`. Raises HomeError where nobody else could reach it."""
    try:
        address, port = _reached_at(uri)
    except (OSError, ValueError) as error:
        raise HomeError(
            f"{uri} cannot be announced: {error}. Leave --announce out, or give --uri tcp://0.0.0.0:10300."
        ) from error
    host = socket.gethostname()
    name = f"voicecoach on {host}.{KIND}"
    return AsyncServiceInfo(KIND, name, port=port, server=f"{host}.local.", parsed_addresses=[address])


def _reached_at(uri: str) -> tuple[str, int]:
    """Give the address and the port by which others reach `uri`. Raises OSError, ValueError."""
    parts = urlsplit(uri)
    if parts.scheme != "tcp" or not parts.hostname or not parts.port:
        raise ValueError("it is no address with a port")
    if is_loopback(parts.hostname):
        raise ValueError("nobody but this machine reaches it")
    found = socket.getaddrinfo(seen_from_outside(parts.hostname), parts.port, type=socket.SOCK_STREAM)
    return str(found[0][4][0]), parts.port


@asynccontextmanager
async def announced(service: AsyncServiceInfo) -> AsyncIterator[None]:
    """Announce a service meanwhile. Raises HomeError where the network cannot be told."""
    try:
        network = AsyncZeroconf()
        await network.async_register_service(service, allow_name_change=True)
    except (OSError, ZeroconfError) as error:
        raise HomeError(f"The network cannot be told of it: {error}. Leave --announce out.") from error
    try:
        yield
    finally:
        await network.async_close()
