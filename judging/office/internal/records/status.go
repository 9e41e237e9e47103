package records

import (
	"fayi/judging"
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

func PlanStatus(tx store.Tx, plan judging.Plan) (Status, error) {
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
		judge, err := LoadJudge(tx, r.Judge)
		if err != nil {
			return out, err
		}
		j := JudgeStatus{Judge: r.Judge, Name: judge.Name, Total: len(r.Works)}
		for _, w := range r.Works {
			switch state := states[r.Judge][w]; {
			case Finished(state):
				j.Done++
			case state == judging.Skipped:
				j.Skipped++
			}
		}
		s, err := LoadSeat(tx, plan.Round, r.Judge)
		if err != nil {
			return out, err
		}
		j.Submitted = s.Submitted
		pin, err := LoadSecret(tx, string(r.Judge))
		if err != nil {
			return out, err
		}
		j.PIN = pin != nil
		out.Done, out.Total = out.Done+j.Done, out.Total+j.Total
		out.Judges = append(out.Judges, j)
	}
	return out, nil
}
