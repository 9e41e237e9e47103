package intake

import (
	"bytes"
	"encoding/json"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// db is the store for what this import writes: each transaction renews the lease, and writes nothing once another
// program took it over.
func (in *intakeJob) db() store.DB { return in.office.rec.Holding(records.Importing, records.Numbers) }

// whole verifies that all this import wrote is there still, before it becomes what counts. Errors: Clash when another
// program cleared it away.
func (in *intakeJob) whole(tx store.Tx) error {
	i, err := records.Intakes.Get(tx, string(in.intake.ID))
	if judging.CodeOf(err) == judging.NotFound || err == nil && i.State != judging.Pending {
		return judging.Fail(judging.Clash, "import.taken_over", nil)
	}
	if err != nil {
		return err
	}
	there, err := records.Works.IDsBy(tx, "intake", string(in.intake.ID))
	if err == nil && len(there) != len(in.written) {
		err = judging.Fail(judging.Clash, "import.taken_over", nil)
	}
	return err
}

// unmoved verifies that nobody changed meanwhile what this import changes: its states of works lie over theirs, and
// would hide the change. Errors: Clash.
func (in *intakeJob) unmoved(tx store.Tx) error {
	live, err := records.LoadLive(tx)
	if err != nil {
		return err
	}
	for id, isNew := range in.written {
		if isNew {
			continue
		}
		was, known := in.known.Work(id)
		if !known {
			continue
		}
		r, err := records.Works.Get(tx, string(id))
		if err != nil {
			return err
		}
		now, _ := live.Now(r)
		if same, err := sameRecord(was, now); err != nil || !same {
			return records.FirstError(err, judging.Fail(judging.Clash, "import.changed_meanwhile", nil))
		}
	}
	return nil
}

// sameRecord compares works as they are stored.
func sameRecord(a, b judging.Work) (bool, error) {
	one, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	two, err := json.Marshal(b)
	return bytes.Equal(one, two), err
}
