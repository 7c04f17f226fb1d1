"""Everything that knows people, browsers, programs and devices, opened together."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.database import Database
from knowledge.people.accounts import Accounts
from server.auth.app_passwords import AppPasswords
from server.auth.audit import Audit
from server.auth.invitations import Invitations
from server.auth.keys import InstallationKey
from server.auth.logins import Logins
from server.auth.oauth.access_tokens import AccessTokens
from server.auth.oauth.clients import Clients
from server.auth.oauth.device_codes import DeviceCodes
from server.auth.oauth.grants import Grants


@dataclass(frozen=True, slots=True)
class AuthParts:
    """The parts of identity of one installation."""

    key: InstallationKey
    accounts: Accounts
    logins: Logins
    invitations: Invitations
    app_passwords: AppPasswords
    clients: Clients
    grants: Grants
    device_codes: DeviceCodes
    tokens: AccessTokens
    audit: Audit
    public_url: str
    """`server.public_url`."""


def open_auth(
    database: Database,
    key: InstallationKey,
    *,
    public_url: str = "",
    clock: Callable[[], float] = time.time,
) -> AuthParts:
    """Everything, over one database and key."""
    accounts = Accounts(database, clock=clock)
    grants = Grants(database, clock=clock)
    return AuthParts(
        key=key,
        accounts=accounts,
        logins=Logins(database, accounts, clock=clock),
        invitations=Invitations(database, accounts, clock=clock),
        app_passwords=AppPasswords(database, accounts, key, clock=clock),
        clients=Clients(database, clock=clock),
        grants=grants,
        device_codes=DeviceCodes(database, clock=clock),
        tokens=AccessTokens(key, accounts, grants, clock=clock),
        audit=Audit(database, clock=clock),
        public_url=public_url,
    )
