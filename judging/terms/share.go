package terms

// Share is how many places there are: a fixed count, or a percentage of the ranked works.
type Share struct {
	Count int `toml:"count,omitempty" json:"count,omitempty"`
	// 0-100 of the works ranked in the category and group
	Percent  float64  `toml:"percent,omitempty" json:"percent,omitempty"`
	Rounding Rounding `toml:"rounding,omitempty" json:"rounding,omitempty"`
	// below this official score the places stay empty 宁缺毋滥
	MinScore float64 `toml:"min_score,omitempty" json:"min_score,omitempty"`
	// 通过的全部入选: all works that passed in a round of approval, and nothing else of the above
	Passed bool `toml:"passed,omitempty" json:"passed,omitempty"`
	// of a round: 线上并列的 works that are tied where an award's places end, and nothing else of the above
	Tied bool `toml:"tied,omitempty" json:"tied,omitempty"`
	// of awards and totals: 全部名单合计, counted over all lists together and spread over them by Apportion; else within
	// each list
	Whole bool `toml:"whole,omitempty" json:"whole,omitempty"`
}

// Through returns the share as it holds where works pass with a result of least, in per cent.
func (s Share) Through(least float64) Share {
	if !s.Passed {
		return s
	}
	return Share{Percent: 100, MinScore: least, Passed: true}
}

// Rounding is what becomes of a part of a place.
type Rounding string

// The roundings; empty means Nearest.
const (
	Down    Rounding = "down"
	Nearest Rounding = "nearest"
	Up      Rounding = "up"
)

// percentUnit is a whole share in ten-thousandths of a percent.
const percentUnit = 100 * 10000

// PlacesOf returns how many places share s gives among n ranked works, never more than n. A percentage is taken
// exactly, to a ten-thousandth of a percent.
func (s Share) PlacesOf(n int) int {
	places := s.Count
	if s.Percent > 0 {
		part := min(int(Exact(s.Percent)), percentUnit) * n
		switch s.Rounding {
		case Down:
		case Up:
			part += percentUnit - 1
		default:
			part += percentUnit / 2
		}
		places = part / percentUnit
	}
	return min(places, n)
}
