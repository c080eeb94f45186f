"""The command line: parses, hands an act to the clerk, shows what came of it. Imports no Django.

Start with ``main.py``.
"""
