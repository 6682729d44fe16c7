"""Who may do what, and who somebody is: roles, the people of a store, their sign-ins, settings."""
