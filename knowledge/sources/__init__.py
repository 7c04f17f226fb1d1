"""Where music and facts about it come from: here, the files in the user's folders."""
