"""One file per view into a model; none knows the registry or the dashboard."""
