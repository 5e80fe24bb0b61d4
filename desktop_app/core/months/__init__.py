"""From one month to the next: what was decided on an earlier extract, on the records of this one."""
