package office_test

import "testing"

func TestAComparisonIsStaleOnceWorksCameInAfterIt(t *testing.T) {
	o := eightIn(t, "")
	stale := func() int {
		t.Helper()
		s, err := o.ShowContest(t.Context())
		must(t, err)
		return s.NotCompared
	}
	if n := stale(); n != 0 {
		t.Errorf("nothing was compared yet, and %d works are said to have come after", n)
	}
	compareThenImport(t, o)
	if n := stale(); n != 1 {
		t.Errorf("%d works came after, want 1", n)
	}
	must(t, reads(o.Duplicates().FindDuplicates(t.Context(), nil)))
	if n := stale(); n != 0 {
		t.Errorf("compared again, and %d works are left", n)
	}
	compareThenImport(t, o) // the same list again brings nothing
	if n := stale(); n != 0 {
		t.Errorf("%d works after an import that brought none", n)
	}
}
