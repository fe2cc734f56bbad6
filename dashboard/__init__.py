"""An indicator dashboard for a county or district civil-affairs bureau (民政局)."""
