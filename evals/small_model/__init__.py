"""A small language model of our own: trained to print tool calls, measured, and not shipped.

It lives here and not in the product because it loses against the cascade; `docs/models/
small-model.md` says by how much, and what it would take.
"""
