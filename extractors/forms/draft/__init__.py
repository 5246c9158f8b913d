"""A first form definition out of one sample, for a person to finish."""
