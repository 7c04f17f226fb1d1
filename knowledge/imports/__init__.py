"""A person's own listening elsewhere: exports of Spotify, ListenBrainz and Last.fm.

Only what the owner hands over is read, nothing is fetched. Of each listen the time, the names and
how long it sounded are kept; addresses, devices and whatever else an export holds are not.
"""
