"""The register: every website and account that speaks for a unit, and the filings that change it."""
