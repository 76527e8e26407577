"""The records: datasets, models, runs, scores, people and files. Knows SQLAlchemy and plain values, nothing of ours."""
