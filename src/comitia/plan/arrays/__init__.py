"""Economies and plans of many thousand products, as arrays: the same rows and promises, no object per row.

Owns exact figures as integers, the reading and writing of large folders, the rounding and the certificate at every
size; never decides which variant is meant. Start with ``figures.py``, then ``model.py`` and ``certificate.py``, which
need numpy alone.
"""
