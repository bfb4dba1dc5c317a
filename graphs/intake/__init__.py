"""What a user hands in: briefs and blueprints, decoded strictly and checked, every problem with its place."""
