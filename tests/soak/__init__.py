"""Long tests of what the README promises; short versions of them run with all others."""
