"""The neighbours: smart speakers, homes, other assistants, apps of other makers."""
