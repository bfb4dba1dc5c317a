"""What a document is made of, and the evidence and figures that its claims rest on."""
