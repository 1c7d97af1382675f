"""A living registry for a first look: everything here is invented, and built by calling the same actions as users do."""
