package records

import (
	"slices"
	"testing"

	"fayi/internal/quickjson"
	"fayi/judging"
	"fayi/judging/award"
)

// TestRecordsOfWhichThereAreManyAreReadQuickly: a field that internal/quickjson does not know would make each page of the
// window several times slower, and nothing else would tell.
func TestRecordsOfWhichThereAreManyAreReadQuickly(t *testing.T) {
	left := slices.Concat(
		quickjson.Left[WorkRecord](), quickjson.Left[judging.Score](), quickjson.Left[counted](),
		quickjson.Left[judging.Entry](), quickjson.Left[judging.Roster](), quickjson.Left[judging.Judge](),
		quickjson.Left[judging.Intake](), quickjson.Left[Seat](), quickjson.Left[Certificate](),
		quickjson.Left[award.Ruling](), quickjson.Left[DecisionRecord](),
	)
	if len(left) > 0 {
		t.Errorf("left to encoding/json: %q", left)
	}
}
