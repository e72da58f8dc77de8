"""What we feed the model: evidence, scenarios, experiments, members."""
