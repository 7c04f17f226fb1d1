"""What can go wrong while measuring.

EvalError
├── UnknownEvaluation       no evaluation has this name
├── EvaluationImpossible    what it measures with is not on this machine
└── BadMetric               an evaluation reported something that is not a finite number
"""

from typing import ClassVar


class EvalError(Exception):
    """Base of all errors of this package. The message is fit to be shown to a user."""

    code: ClassVar[str] = "eval_error"
    retryable: ClassVar[bool] = False


class UnknownEvaluation(EvalError):
    """No evaluation has this name."""

    code: ClassVar[str] = "unknown_evaluation"


class EvaluationImpossible(EvalError):
    """The data, model or program that it measures with is not on this machine."""

    code: ClassVar[str] = "evaluation_impossible"


class BadMetric(EvalError):
    """An evaluation reported a metric that is not a finite number."""

    code: ClassVar[str] = "bad_metric"
