"""Speaking: turning lines into clips, keeping them, and placing them so that none is cut off."""
