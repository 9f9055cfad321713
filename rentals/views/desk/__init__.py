"""`/rentals/desk/`: one screen to rent, to take back and to settle what is owed, by keyboard and barcode scanner."""
