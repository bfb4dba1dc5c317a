"""Tools of other programs, over the Model Context Protocol: which there are, and what one replies when it is called."""
