"""What is known of a request before anybody has signed in."""

from dataclasses import dataclass

from http_api.client_address import Address, household
from http_api.sessions import Device


@dataclass(frozen=True, slots=True)
class Visit:
    """Where a request came from, with which program, and what it is called in the logs."""

    address: Address
    device_name: str
    request_id: str

    @property
    def household(self) -> str:
        """What limits count it by."""
        return household(self.address)

    @property
    def device(self) -> Device:
        """What a session remembers of it."""
        return Device(self.device_name, str(self.address))
