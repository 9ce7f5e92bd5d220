"""What is asked, how it is scored, how answers read. Pure Python; imports neither server nor sync."""
