"""Server time and queries of the pages with 2,000 outlets and 120 submissions."""
