"""Between the server's event loop and the threads in which Django answers."""
