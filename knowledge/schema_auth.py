"""The tables of logins, clients, tokens and devices, and of what was done.

A part of `knowledge.schema`. Secrets are here as hashes only, except the passwords of apps, which
one protocol needs back: those are sealed with the installation's key.
"""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from knowledge.schema_base import metadata

logins = Table(
    "logins",
    metadata,
    Column("id", Integer, primary_key=True),
    # SHA-256 of what the browser's cookie holds.
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    # What the browser calls itself, and from where it came.
    Column("agent", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("seen_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
    Index("ix_logins_person_id", "person_id"),
    sqlite_autoincrement=True,
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    # For whom it is; empty lets them choose.
    Column("name", Text, nullable=False),
    Column("is_admin", Boolean, nullable=False),
    # Whose password it sets anew; nobody's when it makes a new person.
    Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE")),
    Column("created_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
    sqlite_autoincrement=True,
)

app_passwords = Table(
    "app_passwords",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    # The app that it is for.
    Column("name", Text, nullable=False),
    # An HMAC, by which a presented one is found.
    Column("lookup_hash", String(64), nullable=False, unique=True),
    # Encrypted with the installation's key.
    Column("sealed", Text, nullable=False),
    # Permissions, separated by spaces.
    Column("scopes", Text, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("used_at", Float),
    Index("ix_app_passwords_person_id", "person_id"),
    sqlite_autoincrement=True,
)

oauth_clients = Table(
    "oauth_clients",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    # Empty for clients that cannot keep a secret.
    Column("secret_hash", String(64), nullable=False),
    # How it says who it is: none, client_secret_basic or client_secret_post.
    Column("auth_method", String(32), nullable=False),
    # One a line.
    Column("redirect_uris", Text, nullable=False),
    Column("grant_types", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    # Whom it acts for with client_credentials.
    Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE")),
    # It registered itself (RFC 7591).
    Column("registered", Boolean, nullable=False),
    # Seconds for which a refresh token that was used may be used again.
    Column("grace_s", Float, nullable=False),
    Column("created_at", Float, nullable=False),
)

oauth_grants = Table(
    "oauth_grants",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "client_id", String(64), ForeignKey("oauth_clients.id", ondelete="CASCADE"), nullable=False
    ),
    Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("scopes", Text, nullable=False),
    # The resource that its tokens are for (RFC 8707).
    Column("audience", Text, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("used_at", Float, nullable=False),
    Column("revoked_at", Float),
    Index("ix_oauth_grants_person_id", "person_id"),
    sqlite_autoincrement=True,
)

oauth_codes = Table(
    "oauth_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column(
        "client_id", String(64), ForeignKey("oauth_clients.id", ondelete="CASCADE"), nullable=False
    ),
    Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("redirect_uri", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("audience", Text, nullable=False),
    # base64url of the SHA-256 of the verifier (RFC 7636).
    Column("challenge", String(64), nullable=False),
    Column("expires_at", Float, nullable=False),
    # What it was exchanged for; a second exchange ends that.
    Column("grant_id", Integer, ForeignKey("oauth_grants.id", ondelete="CASCADE")),
)

oauth_refresh_tokens = Table(
    "oauth_refresh_tokens",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("grant_id", Integer, ForeignKey("oauth_grants.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("replaced_at", Float),
    Index("ix_oauth_refresh_tokens_grant_id", "grant_id"),
)

oauth_device_codes = Table(
    "oauth_device_codes",
    metadata,
    Column("device_hash", String(64), primary_key=True),
    # What somebody types in, without its dash.
    Column("user_code", String(16), nullable=False, unique=True),
    Column(
        "client_id", String(64), ForeignKey("oauth_clients.id", ondelete="CASCADE"), nullable=False
    ),
    Column("scopes", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("interval_s", Float, nullable=False),
    Column("polled_at", Float, nullable=False),
    # waiting, allowed or denied.
    Column("state", String(16), nullable=False),
    Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE")),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    # No foreign key: what was done stays when somebody leaves; their name then goes.
    Column("person_id", Integer),
    Column("who", Text, nullable=False),
    # A word such as "login".
    Column("action", String(40), nullable=False),
    Column("what", Text, nullable=False),
    # Where from: an address and, where there is one, the client.
    Column("address", Text, nullable=False),
    Column("client", Text, nullable=False),
    Index("ix_audit_at", "at"),
    sqlite_autoincrement=True,
)
