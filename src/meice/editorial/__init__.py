"""内容审核: so far the page on which anybody has a text read."""
