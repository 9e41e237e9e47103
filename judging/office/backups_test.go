package office

import (
	"fayi/judging/office/internal/records"
	"slices"
	"testing"
	"time"
)

func TestOldCopiesAreThinnedToDaysAndWeeks(t *testing.T) {
	now := time.Date(2020, 5, 12, 12, 0, 0, 0, time.UTC)
	var all []records.Backup
	for h := range 24 * 100 { // one each hour for a hundred days
		all = append(all, records.Backup{At: now.Add(-time.Duration(h) * time.Hour), Why: "import"})
	}
	byHand := records.Backup{At: now.Add(-200 * 24 * time.Hour), Why: "manual"}
	all = append(all, byHand)
	gone := records.Thinned(all, now)
	kept := len(all) - len(gone)
	if kept < 10+13+5 || kept > 10+15+9 || slices.Contains(gone, byHand) {
		t.Errorf("%d of %d kept", kept, len(all))
	}
	for _, b := range gone {
		if now.Sub(b.At) < 10*time.Hour {
			t.Errorf("%v is gone", b.At)
		}
	}
	if again := records.Thinned(
		slices.DeleteFunc(slices.Clone(all), func(b records.Backup) bool { return slices.Contains(gone, b) }), now,
	); len(again) != 0 {
		t.Errorf("%d more are gone when asked again", len(again))
	}
}
