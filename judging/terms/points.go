package terms

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Points is an exact amount in ten-thousandths of a point: sums, means and comparisons of marks are made in it.
type Points int64

// Most bounds Points: far above any score, and so far below an int64 that sums do not overflow.
const Most Points = 1e15

// Exact converts v points, rounding to the nearest ten-thousandth. What is no number becomes 0, what is beyond
// ±10¹¹ points ends there.
func Exact(v float64) Points {
	if math.IsNaN(v) {
		return 0
	}
	return Points(math.Round(max(-float64(Most), min(float64(Most), v*10000))))
}

// Float converts back.
func (p Points) Float() float64 { return float64(p) / 10000 }

// Floor is the highest multiple of step that is not above v, by a billionth of a step; v itself without a step.
func Floor(v, step float64) float64 {
	if step <= 0 {
		return v
	}
	return math.Floor(v/step+1e-9) * step
}

// Signed writes points with their sign: +2, −1.5.
func (p Points) Signed() string {
	if p < 0 {
		return "−" + (-p).String()
	}
	return "+" + p.String()
}

// String writes p with as many decimals as it needs: "84", "84.5".
func (p Points) String() string {
	s := fmt.Sprintf("%.4f", p.Float())
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// Decimal writes a number as people do, with at most places decimals and no idle zeros: 81, 81.5, 0.25.
func Decimal(v float64, places int) string {
	s := strconv.FormatFloat(v, 'f', places, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" {
		return "0"
	}
	return s
}
