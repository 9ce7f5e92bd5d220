"""How sealed things travel: entries, logs, parts, receipts. Pure Python; imports neither server nor forms."""
