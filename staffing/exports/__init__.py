"""Plans for other programs: workbooks for spreadsheets, and calendars."""
