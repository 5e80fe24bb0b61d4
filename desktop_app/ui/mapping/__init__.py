"""Parts of the page Map: edits of a recipe, a trial of it on distinct values, the table and the panel."""
