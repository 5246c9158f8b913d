"""Tables, the store that fills them, and the questions they answer."""
