"""What a language model may do: only what the person, the library or the conversation bears out.

`reading` is what the offline model makes of the request, `effects` says what a call would do,
`orders` tells when text that was read could be taken for an order, `evidence` what a name may rest
on, `hints` put back what was said as a fact, and `guard` decides about each call with all of them.
"""
