"""A situation report -> the figures it states, each with the characters that say it."""
