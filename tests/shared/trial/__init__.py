"""Trials of a shared store that take minutes: many machines at once, and what ends while they work.

__main__  the three trials, and the servers that they need
working   what one machine does, in a process of its own: writes, loads, looks, keeps up
judging   compares what was acknowledged with what is stored: nothing lost, doubled or half
"""
