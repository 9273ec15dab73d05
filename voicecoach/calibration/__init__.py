"""Calibration: whether stop and pain are heard in this room, tried before it matters."""
