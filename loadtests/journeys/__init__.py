"""What people do all day, as Locust users. They run on packages of their own: `requirements-load.in`."""
