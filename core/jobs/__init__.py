"""The only room that joins the science and the records: submit, execute, publish."""
