"""The protocol, by its vectors and by its promises to people."""
