"""Charts of the views, one file each: frames in, Altair out, for the page and for files alike."""
