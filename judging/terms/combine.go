package terms

// Combine says how the totals of a work become its official score: some of the lowest and highest may be left out, the
// rest is averaged.
type Combine struct {
	Method CombineMethod `toml:"method" json:"method"`
	// with Trimmed: drop when there are at least so many scores (3 or more, and more than are dropped)
	TrimFrom int `toml:"trim_from" json:"trim_from"`
	// with Trimmed: how many lowest and highest are dropped, 0-10 each; both 0: one of each
	DropLow  int `toml:"drop_low,omitempty" json:"drop_low,omitempty"`
	DropHigh int `toml:"drop_high,omitempty" json:"drop_high,omitempty"`
	// with Best: how many of the highest are averaged, 1-50
	Best     int `toml:"best,omitempty" json:"best,omitempty"`
	Decimals int `toml:"decimals" json:"decimals"` // of the official score, 0-4, rounded half up
	// with Trimmed: one formula for a whole list, that of its work with fewest scores
	Uniform bool `toml:"uniform,omitempty" json:"uniform,omitempty"`
	// the marks of each criterion are combined so, and the official score is their sum; else the totals are
	ByCriterion bool `toml:"by_criterion,omitempty" json:"by_criterion,omitempty"`
}

// CombineMethod names a way to combine totals.
type CombineMethod string

// The ways to combine.
const (
	Mean    CombineMethod = "mean"
	Trimmed CombineMethod = "trimmed" // without some highest and lowest
	Median  CombineMethod = "median"  // the middle one, or the mean of the two in the middle
	Best    CombineMethod = "best"    // the mean of the highest
	// 名次和: the sum of the ranks that the work has with each judge within its list, works of equal totals sharing
	// the mean of their ranks; the smallest sum comes first
	RankSum CombineMethod = "rank_sum"

	// Of rounds without marks, see package voting; no rule names them. In favour: how many per cent of the totals are
	// a full one.
	InFavour CombineMethod = "in_favour"
	Sum      CombineMethod = "sum" // of the totals
	// the totals are places of which Best are given: the last one is worth a point, each above it one more, no place
	// none; these are added up
	Places CombineMethod = "places"
)

// mostDropped bounds DropLow and DropHigh.
const mostDropped = 10

// Trims returns how many lowest and highest of the scores are dropped where there are enough of them.
func (c Combine) Trims() (low, high int) {
	if c.DropLow == 0 && c.DropHigh == 0 {
		return 1, 1
	}
	return c.DropLow, c.DropHigh
}

// From is the least number of scores of which some are dropped by Trimmed.
func (c Combine) From() int {
	low, high := c.Trims()
	return max(3, c.TrimFrom, low+high+1)
}

// Drops returns how many lowest and highest of n scores are left out before the rest is averaged. At least one stays.
func (c Combine) Drops(n int) (low, high int) {
	switch {
	case c.Method == Trimmed && n >= c.From():
		return c.Trims()
	case c.Method == Median && n > 0:
		return (n - 1) / 2, (n - 1) / 2
	case c.Method == Best && n > c.Best:
		return n - max(1, c.Best), 0
	}
	return 0, 0
}

// Faults lists what makes the way to combine unusable by itself.
func (c Combine) Faults() (out []Fault) {
	switch low, high := c.Trims(); c.Method {
	case Mean, Median:
	case Trimmed:
		if c.TrimFrom < 3 {
			out = append(out, Fault{"rules.trim_from", map[string]any{"Value": c.TrimFrom}})
		}
		if low < 0 || high < 0 || low > mostDropped || high > mostDropped || c.TrimFrom >= 3 && c.TrimFrom <= low+high {
			args := map[string]any{"Low": low, "High": high, "Most": mostDropped, "Value": c.TrimFrom}
			out = append(out, Fault{"rules.trim_count", args})
		}
	case Best:
		if c.Best < 1 || c.Best > 50 {
			out = append(out, Fault{"rules.best", map[string]any{"Value": c.Best}})
		}
	case RankSum:
		// equal totals share the mean of their ranks, which may be a half
		if c.Decimals == 0 || c.ByCriterion || c.Uniform {
			out = append(out, Fault{"rules.rank_sum", map[string]any{"Where": "combine.method"}})
		}
	default:
		out = append(out, Fault{"rules.unknown_word", map[string]any{
			"Where": "combine.method",
			"Value": string(c.Method),
			"Known": "mean, trimmed, median, best, rank_sum",
		}})
	}
	if c.Decimals < 0 || c.Decimals > 4 {
		out = append(out, Fault{"rules.decimals", map[string]any{"Value": c.Decimals}})
	}
	return out
}
