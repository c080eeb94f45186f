"""Pictures of bodies drawn by the server; what draws plans and the ground of all pictures are in ``plan/pictures``."""
