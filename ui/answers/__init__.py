"""What each page says. No Streamlit here, so that any output can say the same."""
