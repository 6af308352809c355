"""Odd input and bad luck: what comes, and that nothing is half done, lost or shown."""

import pytest

pytest.register_assert_rewrite(f"{__name__}.world")
