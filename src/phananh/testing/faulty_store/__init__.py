"""A store whose n-th call fails: before it is done, after it, or late.

A disk fills up, a server dies, a reply is lost on its way. What an application does then is
tested here without a disk or a server: the fault comes at exactly the call that you name.
"""

from phananh.testing.faulty_store.each_call import at_each_call
from phananh.testing.faulty_store.plan import METHODS, WHENS, Fault, FaultPlan, When
from phananh.testing.faulty_store.store import FaultyStore

__all__ = ["METHODS", "WHENS", "Fault", "FaultPlan", "FaultyStore", "When", "at_each_call"]
