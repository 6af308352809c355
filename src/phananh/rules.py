"""What rules of your own are made of: limits, steps, guards, and the document they cite.

`phananh.Rules` takes them, and `phananh.HOA_BINH_2019` is an example that is complete.
"""

from phananh.articles import Article, Document
from phananh.regulation.deadline import Limit
from phananh.regulation.guards import guard
from phananh.regulation.lifecycle import Transition

__all__ = ["Article", "Document", "Limit", "Transition", "guard"]
