"""The pages of the library: media and what somebody does with them, and menus."""
