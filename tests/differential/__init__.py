"""Our evaluators beside ODK's own, and beside each other, on forms at hand and forms made by chance."""
