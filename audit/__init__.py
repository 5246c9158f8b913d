"""What auditors check: rules over declarations, their findings, and the ledger of every check."""
