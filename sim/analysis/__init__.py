"""What runs tell us: plain functions from results to tables."""
