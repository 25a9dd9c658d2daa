"""Exports turn frozen facts into bytes: attendee lists (CSV, XLSX, PDF) and calendar files. They ask no database."""
