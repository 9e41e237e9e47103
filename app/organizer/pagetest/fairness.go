package pagetest

import (
	"testing"

	"fayi/judging/office"
)

// Scored is a contest with n works that all judges have scored.
func Scored(t *testing.T, n int) *office.Office {
	t.Helper()
	o := WithPlan(t, n)
	Score(t, o)
	return o
}
