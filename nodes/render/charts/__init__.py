"""Charts as they are drawn: laid out once, so that every format shows the same picture."""
