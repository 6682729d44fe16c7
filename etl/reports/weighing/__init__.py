"""What the grammar left out and words nevertheless tell: learned weights of readable features."""
