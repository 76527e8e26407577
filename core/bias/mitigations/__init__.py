"""Ways to reduce a bias: one file each in this folder."""
