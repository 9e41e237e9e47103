package judging

// board checks what comes after the quotas: caps, prizes of units and teachers, disputes, later rounds.
func (c *rulesCheck) board() {
	r := c.rules
	c.missing()
	if r.Caps.PerUnit < 0 || r.Caps.PerAuthor < 0 || r.Alternates < 0 || r.Alternates > 20 {
		c.bad("rules.below_zero", Args{"Where": "caps, alternates"})
	}
	c.oneOf("caps.unit", string(r.Caps.Unit), "author, sender")
	if !(r.Dispute.Range >= 0 && Exact(r.Dispute.Range) < most) {
		c.bad("rules.below_zero", Args{"Where": "dispute.range"})
	}
	c.oneOf("dispute.exit", string(r.Dispute.Exit), "third, rescore, consensus, accept")
	c.oneOf("minors", string(r.Minors), "whole, surname, unit_only")
	c.prizes()
	for _, round := range r.Rounds {
		c.round(round)
	}
}

func (c *rulesCheck) round(r RoundRule) {
	c.share(r.Name, r.Take)
	if r.PerWork < 0 || r.PerWork > 50 {
		c.bad("rules.per_work", Args{"Where": r.Name, "Value": r.PerWork})
	}
	most := r.PerWork
	if most == 0 {
		most = c.rules.PerWork
	}
	if r.MinScores != 0 && (r.MinScores < 0 || r.MinScores > most) {
		c.bad("rules.round_min_scores", Args{"Where": r.Name, "Value": r.MinScores, "Most": most})
	}
	switch r.Carry {
	case Replace, Pooled:
	case Weighted:
		if !(0 < r.Weight && r.Weight <= 1) {
			c.bad("rules.weight", Args{"Where": r.Name, "Value": r.Weight})
		}
	default:
		c.word(r.Name, string(r.Carry), "replace, weighted, pooled")
	}
	for _, category := range sortedKeys(r.Rubrics) {
		if _, ok := c.rules.Category(category); !ok {
			c.bad("rules.unknown_name", Args{"Where": r.Name, "Value": category})
		}
		if !c.hasRubric(r.Rubrics[category]) {
			c.bad("rules.no_rubric", Args{"Where": r.Name, "Value": r.Rubrics[category]})
		}
	}
}

func (c *rulesCheck) hasRubric(name string) bool {
	for _, n := range c.rules.Rubrics {
		if n.Name == name && len(n.Criteria) > 0 {
			return true
		}
	}
	return false
}
