"""``comitia plan``: one file per verb; ``command.py`` says which, ``options.py`` and ``said.py`` are what they share.

A verb's module is loaded when its word is given, so ``check`` and ``explain`` load no solver.
"""
