"""Accuracy and speed, and what the documentation draws from the code, by one command each."""
