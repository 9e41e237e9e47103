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

// WorksSummary is the part of a Summary that is counted of works and files.
type WorksSummary struct {
	Works   map[judging.WorkStatus]int `json:"works"`
	Entered int                        `json:"works_in_round"` // accepted works that take part in the present round
	NoFiles int                        `json:"works_without_files"`

	Waiting  int  `json:"waiting"`  // works that wait for review
	Back     int  `json:"back"`     // of these, returned ones that came back changed
	Compared bool `json:"compared"` // works were compared for duplicates at least once
	// works that came in after the last comparison
	NotCompared int `json:"not_compared,omitempty"`
	Loose       int `json:"loose_files"` // files that no work has
}

func (s *WorksSummary) all() (n int) {
	for _, k := range s.Works {
		n += k
	}
	return n
}

// countWorks counts works and files.
func countWorks(tx store.Tx, round judging.Round) (WorksSummary, error) {
	s := WorksSummary{Works: map[judging.WorkStatus]int{}}
	err := s.count(tx, round)
	return s, err
}

func (s *WorksSummary) count(tx store.Tx, round judging.Round) error {
	waits, err := review.WaitsForReview(tx)
	if err != nil {
		return err
	}
	attached := map[string]bool{}
	takes, err := records.InRound(tx, round)
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
func (s *WorksSummary) countFiles(tx store.Tx, attached map[string]bool) error {
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
