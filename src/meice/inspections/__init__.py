"""巡检与核实: schedules, probes, findings, their verification, discovery, activity of accounts."""
