"""What may leave the house: URL, address table, check at the socket, fetch under limits."""
