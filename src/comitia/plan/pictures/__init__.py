"""Pictures of a plan: pure functions from figures to SVG text, classes only, no script and no style.

Every picture stands above a table with the same figures. Start with ``svg.py``; ``of_plan.py`` says what is drawn of a
plan, ``page.py`` puts it on a page of its own.
"""
