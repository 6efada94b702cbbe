"""The visit sheet (就诊清单): one page for the next appointment, behind a private link."""
