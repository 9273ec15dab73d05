"""Content: exercises, routines and prompts, as data; here they are read and checked."""
