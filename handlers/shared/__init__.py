"""What process applications share: the ports to other systems, dated tables, documents."""
