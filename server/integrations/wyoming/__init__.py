"""Wyoming: Home Assistant and other clients ask us, and satellites are driven by us.

A line of JSON, then data, then a payload, over TCP. The protocol has no logins: it listens on this
machine alone unless told otherwise, and then only to named networks.
"""
