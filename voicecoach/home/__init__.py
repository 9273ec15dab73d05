"""The coach at home: what stands around a session and never inside it."""
