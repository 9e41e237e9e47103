package office

import (
	"fayi/judging"
	"fayi/judging/office/duplicates"
	"fayi/judging/office/intake"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/review"
	"fayi/judging/office/scoring"
	"fayi/judging/store"
	"fayi/judging/superior"
)

// count counts works and files.
func (s *Summary) count(tx store.Tx) error {
	waits, err := review.WaitsForReview(tx)
	if err != nil {
		return err
	}
	attached := map[string]bool{}
	takes, err := records.InRound(tx, s.Round)
	if err != nil {
		return err
	}
	err = records.EachWork(tx, func(w judging.Work) error {
		s.Works[w.Status]++
		if takes(w) {
			s.Entered++
		}
		if len(w.Files) == 0 {
			s.NoFiles++
		}
		if waits(w) {
			s.Waiting++
			if w.Status == judging.Returned {
				s.Back++
			}
		}
		for _, f := range w.Files {
			attached[f.Sum] = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.countFiles(tx, attached)
}

// countFiles counts the files that no work has.
func (s *Summary) countFiles(tx store.Tx, attached map[string]bool) error {
	live, err := records.LoadLive(tx)
	if err != nil {
		return err
	}
	settled, err := intake.AllSettled(tx)
	if err != nil {
		return err
	}
	if s.Compared, err = duplicates.Compared(tx); err != nil {
		return err
	}
	since, err := duplicates.NotCompared(tx)
	if err != nil {
		return err
	}
	s.NotCompared = len(since)
	loose := map[string]bool{} // one file may have come by several paths; put away by one, it is put away
	err = intake.EachArrival(tx, live, func(a intake.Arrival) error {
		switch sum := a.File.Sum; {
		case settled[a.ID].Dropped:
			loose[sum] = false
		case !attached[sum]:
			if _, met := loose[sum]; !met {
				loose[sum] = true
			}
		}
		return nil
	})
	for _, is := range loose {
		if is {
			s.Loose++
		}
	}
	return err
}

// outcome says what has come of the judging: flags, notice, batches.
func (s *Summary) outcome(tx store.Tx) (err error) {
	if s.Plan != nil && s.Plan.State == judging.Published {
		all, err := scoring.ListRaised(tx, *s.Plan)
		if err != nil {
			return err
		}
		for _, r := range all {
			if r.Open() {
				s.Flags++
			}
		}
	}
	if s.Notice, err = records.Standing(tx); err != nil {
		return err
	}
	err = records.Objections.Each(tx, func(x judging.Objection) error {
		if x.State == judging.Objected {
			s.Objections++
		}
		return nil
	})
	if err != nil {
		return err
	}
	return records.Batches.Each(tx, func(b superior.Batch) error {
		if b.Withdrawn == nil {
			s.Batches++
		}
		return nil
	})
}
