"""The app and the machine: paths, logs, checks. No widgets."""
