"""The page: plans as one offline HTML file that people without a terminal can read, show and print."""
