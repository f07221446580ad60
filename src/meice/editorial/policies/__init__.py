"""May she do this, and if not, why? The same verdicts guard the actions and grey the buttons."""
