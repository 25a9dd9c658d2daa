"""Verbs people can do, one transaction each, and the reads behind the pages."""
