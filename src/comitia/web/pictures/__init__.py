"""Pictures drawn by the server: pure functions from figures to SVG text, classes only, no script and no style.

Knows neither Django nor the federation; every picture stands above a table with the same figures. Start with
 ``svg.py``.
"""
