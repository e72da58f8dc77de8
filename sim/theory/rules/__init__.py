"""The theory itself: one small scalar function per rule, one file per cluster of mechanisms."""
