"""The session, pure: events and the time go in, effects come out.

It imports the content's models and nothing else of the house; it opens nothing, plays nothing and
never asks what time it is.
"""
