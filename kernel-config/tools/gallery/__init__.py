"""The notebooks as static pages. The command line is in pages.py."""
