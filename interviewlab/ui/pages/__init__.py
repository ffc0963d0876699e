"""One file a place: layout, then wiring."""
