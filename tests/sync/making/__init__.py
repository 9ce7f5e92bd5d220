"""Makes the vectors of sync/vectors: `python -m tests.sync.making` writes those that are missing, and changes none."""
