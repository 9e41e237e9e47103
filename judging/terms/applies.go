package terms

import (
	"math/big"
	"slices"

	"fayi/judging/text"
)

// NotApplicable 不适用 stands in the place of a mark where a judge says that a criterion does not apply to a work. No
// mark is below 0.
const NotApplicable = -1

// Applies reports whether what stands in the place of a mark is one.
func Applies(mark float64) bool { return mark != NotApplicable }

// SaysNotApplicable reports whether NotApplicable is meant by what is typed in the place of a mark.
func SaysNotApplicable(typed string) bool {
	return slices.Contains([]string{"不适用", "n/a", "notapplicable"}, text.Fold(typed))
}

// Marked is what the marks of a ballot make: Given of the Of points of the criteria that apply, where all of them have
// Full.
type Marked struct{ Given, Of, Full Points }

// Scaled reports whether some criterion does not apply, so that Given is brought to Full in proportion.
func (s Marked) Scaled() bool { return s.Of != s.Full }

// Exact is the total in points, exactly; 0 where no criterion applies.
func (s Marked) Exact() *big.Rat {
	if s.Of == 0 {
		return new(big.Rat)
	}
	out := big.NewRat(int64(s.Given), int64(s.Of))
	return out.Mul(out, big.NewRat(int64(s.Full), int64(Exact(1))))
}

// Total is Exact as ballots keep it: rounded half up to a ten-thousandth of a point.
func (s Marked) Total() float64 {
	if !s.Scaled() {
		return s.Given.Float()
	}
	exact := s.Exact()
	twice := new(big.Int).Mul(exact.Num(), big.NewInt(2*int64(Exact(1))))
	twice.Add(twice, exact.Denom())
	return Points(twice.Div(twice, new(big.Int).Lsh(exact.Denom(), 1)).Int64()).Float()
}
