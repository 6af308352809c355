"""Which dates are special, and by which document: notices, public days, the Labour Code."""
