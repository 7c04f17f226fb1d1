"""Which music fits: the wish in words, the candidates, and a varied choice of them."""
