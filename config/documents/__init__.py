"""Documents that are written from the code, so that they stay true."""
