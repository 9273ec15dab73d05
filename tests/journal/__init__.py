"""The journal: what is written is kept, whatever happens."""
