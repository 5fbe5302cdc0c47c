"""What survives a crash: journals of open documents, and the locks that say whose they are."""
