"""The record as something to take along: a page, a table, a bundle, drawings and a calendar.

It reads the journal and the content and writes files; it knows no session, no sound and no clock:
today comes in as a parameter. Everything is made on this machine, and nothing made here asks the
network for anything.
"""
