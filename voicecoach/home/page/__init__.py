"""The status page: what the coach does now, large enough to read from the floor, and a few buttons.

It knows the control room (home/control.py) and the journal, and nothing of how a session works.
"""
