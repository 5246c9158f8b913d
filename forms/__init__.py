"""The known layouts, one YAML file each: data that a non-programmer can read and change."""
