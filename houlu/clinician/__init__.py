"""For the clinician who maintains the knowledge: review, workbook, page."""
