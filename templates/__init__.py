"""The letters: `LANG/TOPIC.txt.j2`, all extending `LANG/reply.txt.j2`."""
