package duplicates

import (
	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// seenIntakes is the counter that remembers how far intakes had come when works were compared last, one more than
// their number: 0 of a search of an earlier version, which does not say.
const seenIntakes = "matches-intakes"

// NotCompared lists the works that came in after works were compared last; none where they never were, or where an
// earlier version of the program did it.
func NotCompared(tx store.Tx) ([]judging.WorkID, error) {
	seen, err := records.Last(tx, seenIntakes)
	if err != nil || seen == 0 {
		return nil, err
	}
	live, err := records.LoadLive(tx)
	if err != nil {
		return nil, err
	}
	last := judging.IntakeID(judging.Serial("i", 3, seen-1))
	var out []judging.WorkID
	return out, records.Works.Each(tx, func(r records.WorkRecord) error {
		if _, counts := live.Now(r); counts && later(r.Versions[len(r.Versions)-1].Intake, last) {
			out = append(out, r.ID)
		}
		return nil
	})
}

// later compares serials: i1000 comes after i999.
func later(a, b judging.IntakeID) bool {
	return len(a) > len(b) || len(a) == len(b) && a > b
}

// remember keeps how far intakes had come before a search began.
func remember(tx store.Tx, intakes int) error {
	return records.Counters.Put(tx, records.Counter{Name: seenIntakes, Last: intakes + 1})
}
