"""The mathematics of changing vectors: directions, projections, and the layers and tables that they are applied to."""
