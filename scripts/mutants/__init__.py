"""All small changes to what decides who sees what, in one build: each is switched on when the tests run."""
