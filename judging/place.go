package judging

// Placing is a work's place among the works of its category and group.
type Placing struct {
	Work     WorkID `json:"work"`
	Category string `json:"category"`
	Group    string `json:"group,omitempty"` // "" where the category is ranked as one
	// 1224: equals share a place and the next ones are skipped; 0: not enough scores
	Place    int     `json:"place"`
	Official float64 `json:"official"` // by the rule sheet, rounded; under RankSum the smaller is the better
	Raw      float64 `json:"raw"`      // plain mean of all totals
	Scores   int     `json:"scores"`
	Dropped  int     `json:"dropped"`            // totals left out as highest and lowest
	Offset   float64 `json:"offset,omitempty"`   // 加减分: points that the office added, below 0 took off; in Official
	Range    float64 `json:"range"`              // 极差: highest less lowest total
	Tied     bool    `json:"tied"`               // the tie chain ended undecided
	TieStep  TieStep `json:"tie_step,omitempty"` // the step that parted it from the one before of equal official score
	Round    Round   `json:"round,omitempty"`    // the round after the first that the numbers are of
	Vetoed   Flag    `json:"vetoed,omitempty"`   // 一票否决: the flag that keeps it from a place
}
