"""What clients may know of us beforehand (RFC 8414, RFC 9728)."""

from typing import Any

from server.auth.base_url import RESOURCES
from server.auth.identity import Permission
from server.auth.oauth.clients import AuthMethod, GrantType


def server_metadata(base: str) -> dict[str, Any]:
    """The authorization server at this origin."""
    methods = [one.value for one in AuthMethod]
    return {
        "issuer": base,
        "authorization_endpoint": f"{base}/oauth/authorize",
        "token_endpoint": f"{base}/oauth/token",
        "revocation_endpoint": f"{base}/oauth/revoke",
        "registration_endpoint": f"{base}/oauth/register",
        "device_authorization_endpoint": f"{base}/oauth/device",
        "jwks_uri": f"{base}/oauth/jwks.json",
        "scopes_supported": [one.value for one in Permission],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": [one.value for one in GrantType],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": methods,
        "revocation_endpoint_auth_methods_supported": methods,
        "authorization_response_iss_parameter_supported": True,
        "resource_parameter_supported": True,
        "service_documentation": f"{base}/api/docs",
    }


def resource_metadata(base: str, path: str) -> dict[str, Any] | None:
    """The resource at `path` of this origin, "" for all of it; None when there is none."""
    part = path.rstrip("/")
    if part not in {"", *RESOURCES}:
        return None
    return {
        "resource": base + path,
        "resource_name": "Refrain",
        "authorization_servers": [base],
        "jwks_uri": f"{base}/oauth/jwks.json",
        "scopes_supported": [one.value for one in Permission if one is not Permission.ADMIN],
        "bearer_methods_supported": ["header"],
    }
