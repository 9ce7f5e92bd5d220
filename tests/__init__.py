"""Tests: sentences about people, mirrored by module."""
