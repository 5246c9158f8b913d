"""What happens to a file, in order; batches of files; export and evaluation."""
