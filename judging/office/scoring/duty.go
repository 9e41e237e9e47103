package scoring

import (
	"errors"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/pledged"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/tally"
	"fayi/judging/office/internal/turns"
	"fayi/judging/store"
)

// Duty is all that one transaction needs to know of a judge's work.
type Duty struct {
	Contest judging.Contest
	Rules   judging.Rules // as they hold in the plan's round
	Plan    judging.Plan
	Judge   judging.Judge
	Works   []judging.Work // in the roster's order; for a single ballot only its work
	Trial   []judging.Work // at the desk: to be scored first and not counted, under codes of their own
	Seat    records.Seat
	Closed  bool // the round is closed, handed in or not
	Pledged bool // the judge accepted the pledge in what is being taken in

	ahead map[judging.WorkCode]merge // what a preview has weighed already and not written; nil outside of one
}

// LoadDuty reads a judge's list in the published plan. Errors: NotFound for the judge, Closed when no plan is
// published.
func LoadDuty(tx store.Tx, judge judging.JudgeID) (Duty, error) {
	d, err := loadSeating(tx, judge)
	if err != nil {
		return d, err
	}
	list, err := d.roster(tx)
	if err != nil {
		return d, err
	}
	d.Works, err = stillIn(tx, list)
	return d, err
}

// LoadDeskDuty reads a judge's list with the calibration works, which only the desk knows. Errors: as LoadDuty.
func LoadDeskDuty(tx store.Tx, judge judging.JudgeID) (Duty, error) {
	d, err := LoadDuty(tx, judge)
	if err != nil {
		return d, err
	}
	d.Trial, err = d.loadTrial(tx)
	return d, err
}

// loadSeating reads all of a duty but its works. Errors: as LoadDuty.
func loadSeating(tx store.Tx, judge judging.JudgeID) (Duty, error) {
	var d Duty
	var err error
	if d.Contest, err = records.LoadContest(tx); err != nil {
		return d, err
	}
	if d.Judge, err = records.LoadJudge(tx, judge); err != nil {
		return d, err
	}
	plan, err := records.PublishedPlan(tx, d.Contest.Round)
	if err != nil {
		return d, err
	}
	if plan == nil {
		return d, judging.Fail(judging.Closed, "scores.no_plan", nil)
	}
	d.Plan = *plan
	rules, err := records.LoadRules(tx)
	if err != nil {
		return d, err
	}
	d.Rules = rules.In(plan.Round)
	if d.Closed, err = records.IsClosed(tx, plan.Round); err != nil {
		return d, err
	}
	d.Seat, err = records.LoadSeat(tx, plan.Round, judge)
	return d, err
}

// roster lists the works of the judge; none for a judge who came after the plan.
func (d *Duty) roster(tx store.Tx) ([]judging.WorkID, error) {
	r, err := records.Rosters.Get(tx, (&judging.Roster{Plan: d.Plan.ID, Judge: d.Judge.ID}).ID())
	if errors.Is(err, judging.ErrNotFound) {
		err = nil
	}
	return r.Works, err
}

// stillIn returns those of ids that are in the contest, in their order.
func stillIn(tx store.Tx, ids []judging.WorkID) ([]judging.Work, error) {
	counts, err := records.InContest(tx)
	if err != nil {
		return nil, err
	}
	return pickWorks(tx, ids, counts)
}

// pickWorks returns those of ids that count and that keep keeps, in their order.
func pickWorks(tx store.Tx, ids []judging.WorkID, keep func(judging.Work) bool) ([]judging.Work, error) {
	live, err := records.LoadLive(tx)
	if err != nil {
		return nil, err
	}
	var out []judging.Work
	for _, id := range ids {
		rec, err := records.Works.Get(tx, string(id))
		if err != nil {
			return nil, err
		}
		if w, ok := live.Now(rec); ok && keep(w) {
			out = append(out, w)
		}
	}
	return out, nil
}

// loadDutyOf reads a judge's duty for one work only: reading the whole list at each key would keep the desk
// waiting. Errors: as LoadDuty, and Forbidden when the work is not the judge's.
func (o Stage) loadDutyOf(tx store.Tx, judge judging.JudgeID, code judging.WorkCode) (Duty, error) {
	d, err := loadSeating(tx, judge)
	if err != nil {
		return d, err
	}
	if isTrial(code) {
		if d.Trial, err = d.loadTrial(tx); err == nil {
			_, err = d.Find(code)
		}
		return d, err
	}
	if id, known := o.rec.Codes.Load(code); known {
		work, _ := id.(judging.WorkID)
		on, err := tally.OnList(tx, d.Plan.ID, judge, work)
		if err != nil {
			return d, err
		}
		if on {
			d.Works, err = stillIn(tx, []judging.WorkID{work})
			if err != nil || len(d.Works) == 1 && d.Works[0].Code == code {
				return d, err
			}
		}
	}
	if d, err = LoadDuty(tx, judge); err != nil {
		return d, err
	}
	for _, w := range d.Works {
		o.rec.Codes.Store(w.Code, w.ID)
	}
	_, err = d.Find(code)
	return d, err
}

// Find returns the work of the duty with this code. Errors: Forbidden when it is not the judge's.
func (d *Duty) Find(code judging.WorkCode) (judging.Work, error) {
	for _, w := range slices.Concat(d.Works, d.Trial) {
		if w.Code == code {
			return w, nil
		}
	}
	return judging.Work{}, judging.Fail(judging.Forbidden, "scores.not_yours", judging.Args{"Work": code})
}

// given reads what the judge said of the works of the round so far, by the index of their scores: a long list of
// works that are still to be scored costs no more than a short one.
func (d *Duty) given(tx store.Tx) (map[judging.WorkID]judging.Score, error) {
	out := map[judging.WorkID]judging.Score{}
	return out, records.Scores.By(tx, "judge", records.SeatID(d.Plan.Round, d.Judge.ID), func(s judging.Score) error {
		out[s.Work] = s
		return nil
	})
}

// turnsOf are the turns of a round's running order; none where nothing comes onto a stage.
func turnsOf(tx store.Tx, round judging.Round) (map[judging.WorkID]turns.Turn, error) {
	all, err := turns.In(tx, round)
	out := make(map[judging.WorkID]turns.Turn, len(all))
	for _, t := range all {
		out[t.Work] = t
	}
	return out, err
}

// Duties is the duty as a desk shows it, with what was scored so far.
func (d *Duty) Duties(tx store.Tx) (judging.Duties, error) {
	out := judging.Duties{
		Contest:       d.Contest.Title(),
		Judge:         d.Judge.ID,
		Name:          d.Judge.Name,
		Round:         d.Plan.Round,
		Plan:          d.Plan.Version,
		Submitted:     d.Seat.Submitted || d.Closed,
		Returned:      d.Seat.Returned,
		TotalOnly:     d.Rules.TotalOnly,
		AskConfidence: d.Rules.Confidence,
		Rubrics:       map[string]judging.Rubric{},
		Phrases:       map[string][]string{},
		Voting:        d.Rules.Voting,
	}
	again, err := records.OpenAgain(tx, d.Plan.Round)
	if err != nil {
		return out, err
	}
	given, err := d.given(tx)
	if err != nil {
		return out, err
	}
	turns, err := turnsOf(tx, d.Plan.Round)
	if err != nil {
		return out, err
	}
	for _, w := range slices.Concat(d.Trial, d.Works) {
		s := given[w.ID]
		if isTrial(w.Code) {
			if s, err = d.LoadScore(tx, w); err != nil {
				return out, err
			}
		}
		now := s.Now()
		one := judging.Duty{
			BlindWork:   w.Blind(),
			State:       now.State,
			Total:       now.Total,
			Confidence:  now.Confidence,
			Flags:       now.Flags,
			Calibration: isTrial(w.Code),
			Number:      turns[w.ID].Number,
			Turn:        string(turns[w.ID].State),
			List:        d.Rules.ListName(w.Category, w.Group),
		}
		if one.Look, err = records.LoadLook(tx, d.Plan.Round, d.Judge.ID, w.Code); err != nil {
			return out, err
		}
		one.Reopened = out.Submitted && again[w.ID] && !one.Calibration
		out.Works = append(out.Works, one)
		rubric := d.Rules.RubricOf(w.Category)
		out.Rubrics[w.Category], out.Phrases[w.Category] = rubric, rubric.Phrases
	}
	if out.Calibrations, err = d.spreads(tx); err != nil {
		return out, err
	}
	return out, d.signing(tx, &out)
}

// signing fills in what the judge has to accept and what they hand in by.
func (d *Duty) signing(tx store.Tx, out *judging.Duties) error {
	pledge, err := pledged.Of(tx, d.Rules, d.Judge.ID)
	if err != nil {
		return err
	}
	out.Pledge = d.Rules.Pledge.Asked(d.Contest.Title(), d.Judge.Name, pledge.At)
	pin, err := records.LoadSecret(tx, string(d.Judge.ID))
	out.Secret = pin != nil
	return err
}
