"""Figures for this machine, taken side by side in one run. Never a test: a busy machine is slow, not wrong."""
