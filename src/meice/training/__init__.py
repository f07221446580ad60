"""Training, certificates, and what a leaving person still holds."""
