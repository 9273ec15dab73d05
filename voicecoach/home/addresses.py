"""What an address to listen on means: who can reach it, and by which other address that is."""

import socket
from ipaddress import ip_address


def is_loopback(address: str) -> bool:
    """Tell whether an address to listen on can be reached from this machine only."""
    if address == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def seen_from_outside(address: str) -> str:
    """Give what others call an address to listen on: itself, or where it stands for all, this machine's."""
    try:
        stands_for_all = ip_address(address).is_unspecified
    except ValueError:
        return address
    return _own_address() if stands_for_all else address


def _own_address() -> str:
    """Find the address by which this machine is seen in its network; no packet is sent for it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))
        except OSError:
            return socket.gethostname()
        return str(asking.getsockname()[0])
