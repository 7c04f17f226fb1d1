"""Recommendation on public data: artists, sequences, sessions, situations, rejections, flow."""
