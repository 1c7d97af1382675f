"""Reports and bulletins as files: tagged PDF and docx of the same content. Plain Python, without Django."""
