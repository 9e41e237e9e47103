package office

import (
	"fayi/judging"
	"fayi/judging/store"
)

// count counts works and files.
func (s *Summary) count(tx store.Tx) error {
	waits, err := waitsForReview(tx)
	if err != nil {
		return err
	}
	attached := map[string]bool{}
	takes, err := inRound(tx, s.Round)
	if err != nil {
		return err
	}
	err = eachWork(tx, func(w judging.Work) error {
		s.Works[w.Status]++
		if takes(w) {
			s.Entered++
		}
		if len(w.Files) == 0 {
			s.NoFiles++
		}
		if waits(w) {
			s.Waiting++
		}
		for _, f := range w.Files {
			attached[f.Sum] = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	live, err := loadLive(tx)
	if err != nil {
		return err
	}
	settled, err := allSettled(tx)
	if err != nil {
		return err
	}
	return eachArrival(tx, live, func(a arrival) error {
		if !attached[a.File.Sum] && !settled[a.ID].Dropped {
			s.Loose++
		}
		return nil
	})
}

// outcome tells what has come of the judging: flags, notice, batches.
func (s *Summary) outcome(tx store.Tx) (err error) {
	if s.Plan != nil && s.Plan.State == judging.Published {
		all, err := listRaised(tx, *s.Plan)
		if err != nil {
			return err
		}
		for _, r := range all {
			if r.Open() {
				s.Flags++
			}
		}
	}
	if s.Notice, err = standing(tx); err != nil {
		return err
	}
	err = objections.Each(tx, func(x judging.Objection) error {
		if x.State == judging.Objected {
			s.Objections++
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.Batches, err = batches.Count(tx)
	return err
}
