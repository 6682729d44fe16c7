"""What the figures mean: no Streamlit, no network, no file formats."""
