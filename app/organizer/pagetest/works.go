package pagetest

import (
	"testing"

	"fayi/judging"
	"fayi/judging/office"
)

// CountWorks is how many works a contest has, those withdrawn too.
func CountWorks(t *testing.T, o *office.Office) int {
	t.Helper()
	all, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// WorkOf is the work with an id.
func WorkOf(t *testing.T, o *office.Office, id string) judging.Work {
	t.Helper()
	w, err := o.Work(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return w
}
