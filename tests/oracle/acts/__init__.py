"""A second, slow and obvious reading of act logs, to hold `phananh replay` against.

Rule 1: nothing here imports phananh. It was written from what the documentation says of a
        log's lines, of the steps and of the clauses; it was not drawn from the code.
Rule 2: a step is a function that asks everything anew, and a case is plain fields. There are
        no events, no store and no versions: only what one run of a log leads to.
Rule 3: who reads on does not guess: what the pages leave open is listed here.

Where the pages leave it open, this reading follows the library, and proves nothing:

- "as the last valid line left it" is as of that line's time, whichever case it was about;
- null is as good as left out for a `unit`, the `id` of an accused and what stands in `sender`, and
  a wrong type anywhere else;
- a key names the act of the first line that bears it, even where that was not recorded; then the
  act may be tried again under it, but for a receipt of a name that is taken by now;
- whoever says they act, in a `sweep`, may be anybody; an act done again prints its first
  result, though its time counts for the order of the lines;
- the leadership may name another person where anybody of the holder's unit is accused, since
  a case does not say who heads a unit; an agency without an addressee may be given any;
- "the unit that handled it" is each unit that the case ever lay with, not the last alone, but for
  the leadership's own, which gives an opinion only;
- a refused complaint is closed like any refusal, and after that there is nothing to be done;
- `accused` of a completion replaces whom the receipt named until the first hand-over, an empty list
  too; from then on, also once an opinion brought the case back, it is added to those known;
- a text names the sender where name, address, phone or e-mail stand in it as they were given, in
  any case and normal form; the logs try no other ways to say who it was;
- a sender who sent no id with the receipt, as a caller, is any citizen;
- reasons at intake that can be told from the case are told: a blank name, no address and neither a
  phone number of 8 to 15 digits nor an e-mail with one @ and a dot behind it; the others are for
  the operator to judge, what is outside Article 4 too;
- an answer by somebody with whom the case does not lie, while it lies with the leadership or an
  agency, is refused by the clause of the row that would be that person's, else of the first row.
"""
