"""The pages that people open in a browser: built from web/ with Node.js into build/web, served by the door."""
