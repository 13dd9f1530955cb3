"""Blog data model."""
