"""From the strings somebody sent to a frozen dataclass, with words that help when that fails."""
