"""Sound: chunks and clips, microphones, the player's timeline, devices and simulated rooms."""
