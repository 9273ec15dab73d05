"""The coach as a device of Home Assistant, or of whoever else reads MQTT.

It knows the control room (home/control.py) and nothing of how a session works.
"""
