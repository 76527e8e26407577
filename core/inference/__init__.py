"""From texts to decisions: scorers, the classifier around them, model folders, bulk classification."""
