"""What templates say in the house's words: moments, members, bodies."""
