"""Lists of institutions (名录): recognised, freed of persons, counted by street and type."""
