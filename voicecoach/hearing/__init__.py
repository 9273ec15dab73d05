"""Hearing: grammars, recognisers and what they make of the room's sound."""
