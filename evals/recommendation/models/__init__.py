"""Models that are measured on public sets, and no part of the product.

A household logs too little to teach them; `knowledge/recommend/learning` holds what is in use.
"""
