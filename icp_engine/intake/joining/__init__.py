"""Tables → accounts, deals and what hangs on them."""
