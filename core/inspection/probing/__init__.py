"""Where a model knows it: a small linear probe on the frozen vectors of every layer (Alain and Bengio 2016)."""
