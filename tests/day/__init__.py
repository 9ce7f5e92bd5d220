"""A simulated arrival: real vaults in real Chromium, a real centre, a real desk; only the people are made up."""
