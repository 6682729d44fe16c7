"""Makes the weights of etl/reports/weighing, from labelled reports or from reviewers' decisions."""
