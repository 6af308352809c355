"""What a store costs as it grows: the same questions of 10 thousand, 100 thousand, 1 million cases.

All sizes of an engine are filled first, then asked in turns, so that whatever else the machine
does slows one round of every size, and the ratio of two sizes stays true.
"""
