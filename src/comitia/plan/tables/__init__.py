"""Tables of other origin turned into economies, one file per layout; each says every assumption it makes."""
