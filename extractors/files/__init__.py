"""Files in: the kind decided by content, limits checked first, pages handed out one by one."""
