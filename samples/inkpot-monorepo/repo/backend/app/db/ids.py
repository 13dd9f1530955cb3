"""Time-ordered identifiers."""
import os
import time
import uuid


def uuid7() -> uuid.UUID:
    """48 bit Unix milliseconds, version and variant bits, 74 random bits (RFC 9562)."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)
