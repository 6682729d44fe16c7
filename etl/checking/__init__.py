"""What is wrong with a sourced table before it is loaded, a sentence a fault (docs/compiling.md).

    table    reads the table beside the shipped ones and asks the others
    alone    what a row shows by itself: its day, page, speaker, outlet, level of place
    repeats  what two rows show: the same fact twice, on two days, for a city and its oblast
    unlikely what no rule believes: the doubts that a snapshot would raise (impact/rules)

Nothing is stored and nothing is changed.
"""
