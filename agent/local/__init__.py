"""A small language model on this machine, in a process of its own.

It never speaks and never sees a name of the library: it reads the request and answers with one tool
call, as JSON that a grammar forces into shape. Everything else (facts, names, references, words) is
done by `agent.grounding` and the offline model.
"""
