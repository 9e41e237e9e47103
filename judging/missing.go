package judging

// Missing says how a round is closed when judges have not handed in their lists.
type Missing string

// The ways; empty means Wait. Complete scores in lists not handed in count in each.
const (
	Wait       Missing = "wait"         // the round stays open until all have handed in
	RankByRest Missing = "rank_by_rest" // works are placed by the scores there are
	NeedScores Missing = "needs"        // the same, but a work with fewer than MinScores gets no place
)

// LeastScores is the fewest scores that a work needs for a place, 1 or more.
func (r Rules) LeastScores() int {
	if r.Missing == NeedScores {
		return max(1, r.MinScores)
	}
	return 1
}

// missing checks the rule for judges who do not hand in.
func (c *rulesCheck) missing() {
	r := c.rules
	c.oneOf("missing_judges", string(r.Missing), "wait, rank_by_rest, needs")
	least, most := 0, 0
	if r.Missing == NeedScores {
		least, most = 1, r.PerWork
		for _, cat := range r.Categories {
			most = min(most, r.PerWorkOf(cat.Name))
		}
	}
	if r.MinScores < least || r.MinScores > most {
		c.bad("rules.min_scores", Args{"Value": r.MinScores, "Least": least, "Most": most})
	}
}
