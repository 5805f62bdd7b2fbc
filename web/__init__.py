"""Plain HTTP beside Streamlit: sign-in, public verification, the JSON API, security headers."""
