"""A store with an n-th call that fails: before it is done, after it, or late.

A disk fills up, a server dies, a reply is lost on its way. Here you can test your application's
reaction without a disk or a server: the fault comes at exactly the call that you name.
"""

from phananh.testing.faulty_store.each_call import at_each_call
from phananh.testing.faulty_store.plan import METHODS, WHENS, Fault, FaultPlan, When
from phananh.testing.faulty_store.store import FaultyStore

__all__ = ["METHODS", "WHENS", "Fault", "FaultPlan", "FaultyStore", "When", "at_each_call"]
