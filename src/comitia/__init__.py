"""Comitia: a federation of self-managed workplaces runs its economy jointly, and anyone can check it."""
