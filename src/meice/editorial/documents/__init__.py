"""What leaves the room on paper and as files: sheets, the ledger, lexicons."""
