"""The canvas: ink in, pixels out."""
