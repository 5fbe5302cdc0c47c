"""What the app is showing and doing, observable. Qt Core only."""
