"""The full-screen apps: the kiosk for the young person, the desk for staff."""
