"""The programme's own log: keys, devices, staff, grants, revocations, signed under the root (PROTOCOL 6)."""

from sync.directory.chain import Directory

__all__ = ["Directory"]
