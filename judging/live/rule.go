// Package live is what a performance on a stage asks of the rules, and nothing of a contest: how long it may take,
// what overtime costs, what the big screen calls it, and in which order the works come on.
package live

import (
	"math"
	"math/rand/v2"
	"time"
)

// Rule 现场评分规则 is the part of the rules about a stage. The zero Rule has no limit of time and shows codes.
type Rule struct {
	// a performance may take so many minutes; 0: as long as it likes
	Minutes float64 `toml:"minutes,omitempty" json:"minutes,omitempty"`
	// so many seconds beyond cost nothing
	Grace int `toml:"grace_seconds,omitempty" json:"grace_seconds,omitempty"`
	// points taken off for overtime, or for each begun Step of it
	Points float64 `toml:"overtime_points,omitempty" json:"overtime_points,omitempty"`
	// seconds; 0: Points are taken off once, however long it lasts
	Step int `toml:"overtime_step_seconds,omitempty" json:"overtime_step_seconds,omitempty"`
	// points taken off at most; 0: without limit
	Most float64 `toml:"overtime_most,omitempty" json:"overtime_most,omitempty"`
	// what the big screen calls a work; empty: ShowCode
	Show Show `toml:"show,omitempty" json:"show,omitempty"`
}

// Show says what the big screen calls a work.
type Show string

// The ways.
const (
	ShowCode  Show = "code"  // number in the running order and blind code
	ShowTitle Show = "title" // also the title
	ShowName  Show = "name"  // also the authors, children as Rules.Minors says
)

// The largest values that mean anything.
const (
	mostMinutes = 600
	mostSeconds = 3600
	mostPoints  = 1000
)

// Check reports whether the rule can be meant: nothing below 0 or beyond reason, and no cost of overtime without a
// limit of time.
func (r Rule) Check() bool {
	within := func(v, most float64) bool { return v >= 0 && v <= most } // false for what is no number
	known := r.Show == "" || r.Show == ShowCode || r.Show == ShowTitle || r.Show == ShowName
	return known && within(r.Minutes, mostMinutes) && within(float64(r.Grace), mostSeconds) &&
		within(float64(r.Step), mostSeconds) && within(r.Points, mostPoints) && within(r.Most, mostPoints) &&
		(r.Minutes > 0 || r.Grace == 0 && r.Step == 0 && r.Points == 0 && r.Most == 0)
}

// Limit is how long a performance may take; 0: as long as it likes.
func (r Rule) Limit() time.Duration { return time.Duration(r.Minutes * float64(time.Minute)) }

// Over is how far a performance went beyond the limit and the grace; 0 where it did not.
func (r Rule) Over(took time.Duration) time.Duration {
	if r.Minutes <= 0 {
		return 0
	}
	return max(0, took-r.Limit()-time.Duration(r.Grace)*time.Second)
}

// TakenOff is how many points a performance of this length costs, 0 or more.
func (r Rule) TakenOff(took time.Duration) float64 {
	over := r.Over(took)
	if over == 0 {
		return 0
	}
	steps := 1.0
	if r.Step > 0 {
		steps = math.Ceil(over.Seconds() / float64(r.Step))
	}
	off := steps * r.Points
	if r.Most > 0 {
		off = min(off, r.Most)
	}
	return min(off, mostPoints)
}

// Draw 抽签 puts n works into an order by lot: the number that each draws, from 1. The same seed draws the same.
func Draw(seed uint64, n int) []int {
	out := rand.New(rand.NewPCG(seed, 0x11fe)).Perm(n)
	for i := range out {
		out[i]++
	}
	return out
}
