"""Home: the coach as something that is simply there. Reminders, stand-by, the button, and systemd."""
