"""What the rubric page says, a file a part of the page."""
