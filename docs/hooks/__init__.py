"""What fills the pages in from the program itself when the site is built: none can drift."""
