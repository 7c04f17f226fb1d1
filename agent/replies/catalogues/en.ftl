# What Refrain says in English.

list-comma = { $head }, { $tail }
list-and = { $head } and { $tail }
list-or = { $head } or { $tail }
list-more = { $names }, and { $more } more on the page
