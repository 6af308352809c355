"""Why a deadline is when it is: steps and gaps, as data, as text and as a picture (Art. 9)."""
