"""What OAuth's endpoints answer when something is wrong (RFC 6749, 5.2; RFC 8628, 3.5)."""

from http import HTTPStatus
from typing import Final

INVALID_REQUEST: Final = "invalid_request"
INVALID_CLIENT: Final = "invalid_client"
INVALID_GRANT: Final = "invalid_grant"
INVALID_SCOPE: Final = "invalid_scope"
INVALID_TARGET: Final = "invalid_target"
UNAUTHORIZED_CLIENT: Final = "unauthorized_client"
UNSUPPORTED_GRANT: Final = "unsupported_grant_type"
UNSUPPORTED_RESPONSE: Final = "unsupported_response_type"
ACCESS_DENIED: Final = "access_denied"
AUTHORIZATION_PENDING: Final = "authorization_pending"
SLOW_DOWN: Final = "slow_down"
EXPIRED_TOKEN: Final = "expired_token"  # noqa: S105  a word of the protocol
INVALID_REDIRECT: Final = "invalid_redirect_uri"
INVALID_METADATA: Final = "invalid_client_metadata"


class OAuthError(Exception):
    """One of the errors above, with a sentence for whoever writes the client."""

    def __init__(
        self, error: str, description: str = "", *, status: int = HTTPStatus.BAD_REQUEST
    ) -> None:
        super().__init__(description or error)
        self.error = error
        self.description = description
        self.status = status

    def body(self) -> dict[str, str]:
        """The JSON of the answer."""
        said = {"error_description": self.description} if self.description else {}
        return {"error": self.error, **said}
