"""Everything we sense becomes findings; findings weigh causes; causes shape a plan; the plan says what to do today."""
