"""A network of one's own: gmediarender refuses the loopback device."""

import shutil
import subprocess

import pytest

from player_mpd import need

NETWORK = (
    "ip link set lo up && ip link add d0 type veth peer name d1 && "
    "ip addr add 10.77.0.1/24 dev d0 && ip link set d0 up multicast on && "
    "ip link set d1 up && ip route add 224.0.0.0/4 dev d0"
)
"""Makes a network with the address 10.77.0.1 out of an empty namespace."""


def own_network() -> list[str]:
    """How to run a shell command in a namespace, which is to begin with `NETWORK`."""
    need("gmediarender", "gmediarender")
    need("ip", "iproute2")
    unshare = shutil.which("unshare")
    tried = [unshare or "false", "-n", "sh", "-c", NETWORK]
    if unshare is None or subprocess.run(tried, capture_output=True, check=False).returncode:
        pytest.skip("this system does not let the tests make a network namespace")
    return [unshare, "-n", "sh", "-c"]
