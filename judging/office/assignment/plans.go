package assignment

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"

	"fayi/judging"
	"fayi/judging/assign"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// PlanRequest asks for a plan. A nil Seed draws one.
type PlanRequest struct {
	judging.PlanOptions
	Seed *uint64
}

// PlanAssignment makes a draft plan for the round from the accepted works and the judges who are not away.
// Conflicts, expertise and load limits are hard. Errors: Invalid with works or judges missing, *Shortages when
// there are too few judges, Clash when judges fall apart into groups though they need not, Closed when scores have
// been given under a published plan.
func (o Stage) PlanAssignment(
	ctx context.Context, req PlanRequest, progress func(done, total int),
) (judging.Plan, error) {
	seed, err := records.Seed(o.rec.Random, req.Seed)
	if err != nil {
		return judging.Plan{}, err
	}
	input, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (planInput, error) {
		return loadPlanInput(tx, req.PlanOptions)
	})
	if err != nil {
		return judging.Plan{}, err
	}
	solved, err := assign.Solve(ctx, input.problem(), seed, progress)
	if err != nil {
		return judging.Plan{}, input.Explain(err)
	}
	plan := input.plan(solved, seed)
	plan.Made = o.rec.Now().UTC()
	return o.storePlan(ctx, plan, input.rosters(solved, seed))
}

// storePlan writes the rosters under the draft's new identity, then the draft itself.
func (o Stage) storePlan(ctx context.Context, plan judging.Plan, lists []judging.Roster) (judging.Plan, error) {
	err := o.rec.In(records.Assigning).Update(ctx, func(tx store.Tx) error {
		n, err := records.Take(tx, "plan", 1)
		plan.ID = judging.PlanID(judging.Serial("p", 3, n))
		return err
	})
	if err != nil {
		return plan, err
	}
	for i := range lists {
		lists[i].Plan = plan.ID
	}
	cost := func(i int) (int, int) { return records.Rosters.Cost(lists[i]) }
	err = store.Bulk(ctx, o.rec.In(records.Assigning), len(lists), cost, func(tx store.Tx,
		i int) error {
		return records.Rosters.Put(tx, lists[i])
	}, nil)
	if err != nil {
		return plan, err
	}
	return plan, o.rec.Change(ctx, records.Assigning, func(tx store.Tx) error {
		if err := records.Plans.Put(tx, plan); err != nil {
			return err
		}
		return o.rec.Log(tx, "assign.plan", string(plan.ID), nil, plan)
	})
}

// planInput is what a plan is made from.
type planInput struct {
	field
	Rules   judging.Rules
	Round   judging.Round
	options judging.PlanOptions
}

func loadPlanInput(tx store.Tx, options judging.PlanOptions) (planInput, error) {
	in := planInput{options: options}
	if err := checkOptions(options); err != nil {
		return in, err
	}
	c, err := records.LoadContest(tx)
	if err != nil {
		return in, err
	}
	in.Round = c.Round
	if in.Rules, err = records.LoadRules(tx); err != nil {
		return in, err
	}
	if in.field, err = loadField(tx); err != nil {
		return in, err
	}
	in.Judges = slices.DeleteFunc(in.Judges, func(j judging.Judge) bool { return j.Away })
	if len(in.Works) == 0 {
		return in, judging.Fail(judging.Invalid, "assign.no_works", nil)
	}
	if len(in.Judges) == 0 {
		return in, judging.Fail(judging.Invalid, "assign.no_judges", nil)
	}
	return in, refuseScored(tx, c.Round)
}

// refuseScored stops a new plan once scores were given by the published one.
func refuseScored(tx store.Tx, round judging.Round) error {
	plan, err := records.PublishedPlan(tx, round)
	if err != nil || plan == nil {
		return err
	}
	status, err := records.PlanStatus(tx, *plan)
	if err == nil && status.Done > 0 {
		err = judging.Fail(judging.Closed, "assign.scores_given", judging.Args{"Count": status.Done})
	}
	return err
}

var matches = map[judging.Expertise]assign.Match{
	"":             assign.Force,
	judging.Force:  assign.Force,
	judging.Prefer: assign.Prefer,
	judging.Ignore: assign.Ignore,
}

func checkOptions(opt judging.PlanOptions) error {
	if _, known := matches[opt.Expertise]; !known {
		return judging.Fail(judging.Invalid, "assign.expertise", judging.Args{"Value": string(opt.Expertise)})
	}
	if opt.PerWork < 0 || opt.PerWork > 50 {
		return judging.Fail(judging.Invalid, "assign.per_work", judging.Args{"Value": opt.PerWork})
	}
	return nil
}

// problem puts works, judges and conflicts into the plain numbers that package assign takes.
func (in planInput) problem() assign.Problem {
	category, workAt, judgeAt := map[string]int{}, map[judging.WorkID]int{}, map[judging.JudgeID]int{}
	for i, c := range in.Rules.Categories {
		category[c.Name] = i
	}
	p := assign.Problem{Works: len(in.Works), Judges: len(in.Judges), Match: matches[in.options.Expertise],
		NoTwoOfOneUnit: in.options.DifferentUnits, NeedSenior: in.options.Senior}
	units := map[string]int{"": 0}
	for i, w := range in.Works {
		workAt[w.ID] = i
		need := in.options.PerWork
		if need == 0 {
			need = in.Rules.PerWorkOf(w.Category)
		}
		p.Need = append(p.Need, need)
		p.Category = append(p.Category, category[w.Category])
	}
	for i, j := range in.Judges {
		judgeAt[j.ID] = i
		var expertise []int
		for _, c := range j.Categories {
			if at, ok := category[c]; ok {
				expertise = append(expertise, at)
			}
		}
		p.Expertise = append(p.Expertise, expertise)
		p.Max, p.Min, p.Senior = append(p.Max, j.MaxLoad), append(p.Min, j.MinLoad), append(p.Senior, j.Senior)
		unit := judging.Fold(j.Unit)
		if _, met := units[unit]; !met {
			units[unit] = len(units)
		}
		p.Unit = append(p.Unit, units[unit])
	}
	for _, c := range judging.Conflicts(in.Works, in.Judges, in.Said) {
		p.Conflicts = append(p.Conflicts, assign.Pair{Work: workAt[c.Work], Judge: judgeAt[c.Judge]})
	}
	return p
}

// plan describes a solution without its identity and time.
func (in planInput) plan(s assign.Plan, seed uint64) judging.Plan {
	p := judging.Plan{
		Round:   in.Round,
		State:   judging.Draft,
		Options: in.options,
		Seed:    seed,
		Works:   len(in.Works),
		Judges:  len(in.Judges),
		Proof:   in.proof(s),
	}
	hash := sha256.New()
	for w, panel := range s.Panels {
		for _, j := range panel {
			fmt.Fprintf(hash, "%s %s\n", in.Works[w].ID, in.Judges[j].ID)
			p.Pairs++
		}
	}
	p.Version = hex.EncodeToString(hash.Sum(nil))[:12]
	return p
}

// rosters lists each judge's works in an order of its own, drawn from the seed, so that no work is always seen
// first or last.
func (in planInput) rosters(s assign.Plan, seed uint64) []judging.Roster {
	lists := make([]judging.Roster, len(in.Judges))
	for i, j := range in.Judges {
		lists[i].Judge = j.ID
	}
	for w, panel := range s.Panels {
		for _, j := range panel {
			lists[j].Works = append(lists[j].Works, in.Works[w].ID)
		}
	}
	for i := range lists {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		r.Shuffle(len(lists[i].Works), func(a, b int) {
			lists[i].Works[a], lists[i].Works[b] = lists[i].Works[b], lists[i].Works[a]
		})
	}
	return lists
}

// PublishPlan makes a draft the plan of its round; judges can score from then on. An empty id takes the newest
// draft. Errors: NotFound, Closed when the plan is no draft, scores were given under another one, or works, judges
// or conflicts changed so that a pair is not allowed any more.
func (o Stage) PublishPlan(ctx context.Context, id judging.PlanID) (judging.Plan, error) {
	var plan judging.Plan
	if err := o.rec.AutoBackup(ctx, "publish"); err != nil {
		return plan, err
	}
	err := o.rec.Change(ctx, records.Assigning, func(tx store.Tx) (err error) {
		plan, err = PublishIn(ctx, o.rec, tx, id)
		return err
	})
	return plan, err
}

// PublishIn is PublishPlan within a transaction of a stage that may assign.
func PublishIn(ctx context.Context, o *records.Records, tx store.Tx, id judging.PlanID) (judging.Plan, error) {
	plan, err := draftPlan(tx, id)
	if err != nil {
		return plan, err
	}
	if closed, err := records.IsClosed(tx, plan.Round); err != nil || closed {
		return plan, records.FirstError(err, judging.Fail(judging.Closed, "closing.closed", nil))
	}
	if plan.Base == "" { // a plan that grew out of one asked then
		if _, err := o.Pass(ctx, tx, records.GatePublish); err != nil {
			return plan, err
		}
	}
	old, err := records.PublishedPlan(tx, plan.Round)
	if err != nil {
		return plan, err
	}
	if err := mayFollow(tx, plan, old); err != nil {
		return plan, err
	}
	if old != nil {
		old.State = judging.Replaced
		if err := records.Plans.Put(tx, *old); err != nil {
			return plan, err
		}
	}
	plan.State = judging.Published
	if err := records.Plans.Put(tx, plan); err != nil {
		return plan, err
	}
	return plan, o.Log(tx, "assign.publish", string(plan.ID), nil, map[string]any{
		"version": plan.Version,
		"pairs":   plan.Pairs,
	})
}

// mayFollow refuses a draft that can't take the place of the published plan: a new one once scores were given, a
// grown one that loses scores, either when works or conflicts have changed since.
func mayFollow(tx store.Tx, plan judging.Plan, published *judging.Plan) error {
	if plan.Base == "" {
		if err := refuseScored(tx, plan.Round); err != nil {
			return err
		}
		return stillFits(tx, plan)
	}
	if err := keepsScores(tx, plan, published); err != nil {
		return err
	}
	if err := stillFits(tx, plan); err != nil {
		return err
	}
	return reopenGrown(tx, plan)
}

// stillFits refuses a plan that a later change of works or conflicts has overtaken.
func stillFits(tx store.Tx, plan judging.Plan) error {
	f, err := loadField(tx)
	if err != nil {
		return err
	}
	apart := map[string]bool{}
	for _, c := range judging.Conflicts(f.Works, f.Judges, f.Said) {
		apart[string(c.Judge)+"/"+string(c.Work)] = true
	}
	in := map[judging.WorkID]bool{}
	for _, w := range f.Works {
		in[w.ID] = true
	}
	lists, err := records.PlanRosters(tx, plan.ID)
	if err != nil {
		return err
	}
	planned := map[judging.WorkID]bool{}
	for _, r := range lists {
		for _, w := range r.Works {
			planned[w] = true
			s, err := records.LoadScore(tx, plan.Round, w, r.Judge)
			if err != nil {
				return err
			}
			if !in[w] || apart[string(r.Judge)+"/"+string(w)] && !s.Counts() {
				return judging.Fail(judging.Closed, "assign.overtaken", judging.Args{"Plan": plan.ID})
			}
		}
	}
	if len(planned) != len(f.Works) {
		return judging.Fail(judging.Closed, "assign.overtaken", judging.Args{"Plan": plan.ID})
	}
	return nil
}

func draftPlan(tx store.Tx, id judging.PlanID) (judging.Plan, error) {
	var found judging.Plan
	err := records.Plans.Each(tx, func(p judging.Plan) error {
		if p.ID == id || id == "" && p.State == judging.Draft {
			found = p
		}
		return nil
	})
	switch {
	case err != nil:
		return found, err
	case found.ID == "":
		return found, judging.Fail(judging.NotFound, "assign.no_draft", nil)
	case found.State != judging.Draft:
		return found, judging.Fail(judging.Closed, "assign.not_draft", judging.Args{"Plan": found.ID})
	}
	return found, nil
}

// CurrentPlan returns the published plan of a round, else its newest draft, else nil.
func CurrentPlan(tx store.Tx, round judging.Round) (*judging.Plan, error) {
	p, err := records.PublishedPlan(tx, round)
	if err != nil || p != nil {
		return p, err
	}
	return records.LastPlan(tx, func(p judging.Plan) bool { return p.Round == round && p.State == judging.Draft })
}
