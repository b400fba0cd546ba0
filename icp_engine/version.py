"""The version, told where results are written.

Comes in: nothing. Goes out: `__version__`. Separate so that no room imports the package it is part of.
"""

__version__ = "0.1.0"
