"""Evidence kept with hash, time and chain."""
