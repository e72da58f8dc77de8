"""Golden summaries, and the only script that changes them."""
