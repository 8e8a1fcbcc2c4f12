"""The client of Hookloom."""

from .client import Hookloom, HookloomProblem, RunFailedError

__all__ = ["Hookloom", "HookloomProblem", "RunFailedError"]
