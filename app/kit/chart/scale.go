package chart

import (
	"fayi/app/kit/look"
)

// Scale is the axis on which spans are drawn.
type Scale struct {
	Low, High float64
	Lines     []ScaleLine // drawn across all rows; where their words collide, those of the earlier one stay
}

// ScaleLine is a line across a drawing at one value, with words over it.
type ScaleLine struct {
	At   float64
	Text string
}

// Share is where v lies between the ends, 0 to 1.
func (s Scale) Share(v float64) float32 {
	if s.High <= s.Low {
		return 0.5
	}
	return float32(min(max((v-s.Low)/(s.High-s.Low), 0), 1))
}

// Span is a value as a dot, with the bounds between which it may truly lie as a thin bar.
type Span struct {
	Drawn     bool // false draws nothing
	Low, High float64
	At        float64
	Also      *float64 // a second value, as a short stroke
	Open      bool     // the dot is hollow: not settled
	Tone      look.Tone
	Rule      bool // a line below the whole row
}

const (
	SpanThick  float32 = 5
	SpanStroke float32 = 14
	SpanDot    float32 = 11
)
