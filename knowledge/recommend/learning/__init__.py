"""What is learned from listening: candidates, skips, sources, questions.

Every model is small, is fitted on arrays of who played what and when, and answers with item ids
and scores. With one listener collaborative filtering is undefined: `linear` and
`neighbours` (across people) then have nothing to say, and `sequential` carries the load.
"""
