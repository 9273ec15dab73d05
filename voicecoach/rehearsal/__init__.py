"""Rehearsal: a person made of a script and a synthetic voice, who lies in a simulated room."""
