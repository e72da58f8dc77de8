"""The phases of a quarter: each fetches a rule's arguments for one actor (or the world) and stores what it returns."""
