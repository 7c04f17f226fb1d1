"""Are requests understood: public rows, roundabout requests, misheard words, and other systems."""

from evals.understanding.folders import DATA_VARIABLE, NEIGHBOUR, OWN_CASES, data_folder
from evals.understanding.measure import UnderstandingEvaluation

__all__ = ["DATA_VARIABLE", "NEIGHBOUR", "OWN_CASES", "UnderstandingEvaluation", "data_folder"]
