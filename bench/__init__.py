"""Figures: what the README claims, measured here. Nothing in it passes or fails.

`python -m bench` runs all of it; each module measures one thing, and has a command of its own.
"""
