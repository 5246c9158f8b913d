"""The steps by which the tables of an older release become those of this one."""
