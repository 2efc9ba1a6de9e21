"""Wrong input of every kind, through every command: told in sentences, quickly, and never with a traceback.

``python -m fuzz KIND NUMBER``, from the folder of the tests, runs one input again and shows all of it.
"""
