"""The person's lasting record: what happened in every session, and what the coach remembers.

It knows the published format of events and SQLite; it knows no session, no sound and no clock:
every moment comes in as a parameter.
"""
