"""From a batch to a report: reading, coding, tables, quotes, exchange."""
