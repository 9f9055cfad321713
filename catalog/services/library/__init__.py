"""Every write of the library: media, where they come from, and what people do with them."""
