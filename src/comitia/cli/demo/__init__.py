"""The invented federation that ``comitia demo`` lets live through a season. Start with ``story.py``."""
