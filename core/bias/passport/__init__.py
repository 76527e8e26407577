"""The bias passport: everything that was measured on one model version, as a document."""
