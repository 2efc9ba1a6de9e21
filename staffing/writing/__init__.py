"""Writing scenarios: YAML, TOML, JSON, an Excel workbook or a folder of CSV files, each without loss."""
