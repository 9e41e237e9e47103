package records

import (
	"fayi/judging"
	"fayi/judging/office/internal/tally"
	"fayi/judging/store"
)

// Finished reports whether a ballot in this state needs nothing more from its judge.
func Finished(s judging.BallotState) bool {
	return s == judging.Scored || s == judging.Abstained || s == judging.Recused
}

func (j JudgeStatus) Share() float64 { return float64(j.Done) / float64(max(1, j.Total)) }

// Status is how far a round's scoring has come.
type Status struct {
	Done   int           `json:"done"`
	Total  int           `json:"total"`
	Judges []JudgeStatus `json:"judges"`
	Closed *Closing      `json:"closed,omitempty"` // the round was closed by the rule for missing judges
}

// JudgeStatus is one judge's part. Done counts works that need nothing more, so 12/45 with 2 skipped is not 14.
type JudgeStatus struct {
	Judge     judging.JudgeID `json:"judge"`
	Name      string          `json:"name"`
	Call      string          `json:"call"` // what they are called by: the name, with what tells namesakes apart
	Done      int             `json:"done"`
	Skipped   int             `json:"skipped"`
	Total     int             `json:"total"`
	Submitted bool            `json:"submitted"`
	PIN       bool            `json:"pin"` // sits down with a PIN
}

// Finished reports whether scoring is over: every list handed in, or the round closed.
func (s Status) Finished() bool {
	if s.Closed != nil {
		return true
	}
	for _, j := range s.Judges {
		if j.Total > 0 && !j.Submitted {
			return false
		}
	}
	return len(s.Judges) > 0
}

// PlanStatus says how far the scoring by a plan has come: by the tallies, or where there are none by all its scores.
func PlanStatus(tx store.Tx, plan judging.Plan) (Status, error) {
	var out Status
	kept, ok, err := tally.JudgesOf(tx, plan)
	if err != nil {
		return out, err
	}
	if !ok {
		return countPlan(tx, plan)
	}
	if out.Closed, err = LoadClosing(tx, plan.Round); err != nil {
		return out, err
	}
	for _, k := range kept {
		err := out.add(tx, plan, JudgeStatus{Judge: k.Judge, Done: k.Done, Skipped: k.Skipped, Total: k.Total})
		if err != nil {
			return out, err
		}
	}
	return out, out.tellApart(tx)
}

// tellApart says what each judge is called by, on the screen and in names of files.
func (s *Status) tellApart(tx store.Tx) error {
	names, err := JudgeNames(tx)
	for i, j := range s.Judges {
		s.Judges[i].Call = names[j.Judge]
	}
	return err
}

// add adds a judge's counts, with what else is known of the judge.
func (out *Status) add(tx store.Tx, plan judging.Plan, j JudgeStatus) error {
	judge, err := LoadJudge(tx, j.Judge)
	if err != nil {
		return err
	}
	s, err := LoadSeat(tx, plan.Round, j.Judge)
	if err != nil {
		return err
	}
	pin, err := LoadSecret(tx, string(j.Judge))
	j.Name, j.Submitted, j.PIN = judge.Name, s.Submitted, pin != nil
	out.Done, out.Total = out.Done+j.Done, out.Total+j.Total
	out.Judges = append(out.Judges, j)
	return err
}

func countPlan(tx store.Tx, plan judging.Plan) (Status, error) {
	var out Status
	states := map[judging.JudgeID]map[judging.WorkID]judging.BallotState{}
	err := EachScore(tx, plan.Round, func(s judging.Score) error {
		if states[s.Judge] == nil {
			states[s.Judge] = map[judging.WorkID]judging.BallotState{}
		}
		states[s.Judge][s.Work] = s.Now().State
		return nil
	})
	if err != nil {
		return out, err
	}
	if out.Closed, err = LoadClosing(tx, plan.Round); err != nil {
		return out, err
	}
	lists, err := PlanRosters(tx, plan.ID)
	if err != nil {
		return out, err
	}
	for _, r := range lists {
		j := JudgeStatus{Judge: r.Judge, Total: len(r.Works)}
		for _, w := range r.Works {
			switch state := states[r.Judge][w]; {
			case Finished(state):
				j.Done++
			case state == judging.Skipped:
				j.Skipped++
			}
		}
		if err := out.add(tx, plan, j); err != nil {
			return out, err
		}
	}
	return out, out.tellApart(tx)
}
