"""Verifying what anybody wrote: claims with the evidence that they name, and texts against sources."""
