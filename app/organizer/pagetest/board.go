package pagetest

import (
	"testing"

	"fayi/judging/office"
)

// Awarded is a contest with n works whose awards are decided.
func Awarded(t *testing.T, n int) *office.Office {
	t.Helper()
	o := Scored(t, n)
	if _, err := o.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	return o
}
