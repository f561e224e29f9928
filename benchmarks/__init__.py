"""Where the README's figures come from: ``make bench`` runs all of it; each module runs alone, too."""
