package points

import (
	"context"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/awards"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/results"
	"fayi/judging/store"
)

// look is one look at a contest: what several kinds need is read once.
type look struct {
	ctx   context.Context
	tx    store.Tx
	r     *records.Reading
	today string

	started *start
	status  *records.Status
	scored  *results.Scoring
	decided *decided
}

// start is what every contest has.
type start struct {
	contest judging.Contest
	rules   judging.Rules // as written
	plan    *judging.Plan // published in the present round
	counts  func(judging.Work) bool
	takes   func(judging.Work) bool
	works   []judging.Work
	byID    map[judging.WorkID]judging.Work
}

func (l *look) start() (*start, error) {
	if l.started != nil {
		return l.started, nil
	}
	var s start
	var err error
	if s.contest, err = records.LoadContest(l.tx); err != nil {
		return nil, err
	}
	if s.rules, err = records.RuleSheet(l.tx); err != nil {
		return nil, err
	}
	if s.counts, err = records.InContest(l.tx); err != nil {
		return nil, err
	}
	if s.takes, err = records.InRound(l.tx, s.contest.Round); err != nil {
		return nil, err
	}
	if s.works, s.byID, err = l.r.Works(); err != nil {
		return nil, err
	}
	if s.plan, err = records.PublishedPlan(l.tx, s.contest.Round); err != nil {
		return nil, err
	}
	l.started = &s
	return l.started, nil
}

// progress is how far the published plan of the present round is scored.
func (l *look) progress() (records.Status, error) {
	if l.status != nil {
		return *l.status, nil
	}
	s, err := l.start()
	if err != nil || s.plan == nil {
		return records.Status{}, err
	}
	status, err := records.PlanStatus(l.tx, *s.plan)
	if err == nil {
		l.status = &status
	}
	return status, err
}

// worksThat lists the works of the present round that pass.
func (l *look) worksThat(pass func(judging.Work) bool) (found, error) {
	s, err := l.start()
	if err != nil {
		return found{}, err
	}
	var out []judging.WorkID
	for _, w := range s.works {
		if s.takes(w) && pass(w) {
			out = append(out, w.ID)
		}
	}
	return ofWorks(out), nil
}

// scoring is the present round as it is ranked.
func (l *look) scoring() (*results.Scoring, error) {
	if l.scored == nil {
		scored, err := results.ScoringIn(l.ctx, l.r, 0)
		if err != nil {
			return nil, err
		}
		l.scored = &scored
	}
	return l.scored, nil
}

// decided is the awards as last decided and as they would be now.
type decided struct {
	version int // 0: nothing is decided
	lists   []award.Decision
	now     []award.Decision // as they would be
	was     map[judging.WorkID]string
	pending []award.Ruling
}

func (l *look) awards() (*decided, error) {
	if l.decided != nil {
		return l.decided, nil
	}
	var d decided
	var err error
	if d.version, err = records.Last(l.tx, "decisions"); err != nil {
		return nil, err
	}
	if d.version > 0 {
		if err := l.loadAwards(&d); err != nil {
			return nil, err
		}
	}
	l.decided = &d
	return l.decided, nil
}

func (l *look) loadAwards(d *decided) error {
	s, err := l.start()
	if err != nil {
		return err
	}
	if d.lists, err = records.DecisionsOf(l.tx, d.version); err != nil {
		return err
	}
	if d.pending, err = awards.PendingRulings(l.tx); err != nil {
		return err
	}
	d.was = awards.AwardsIn(d.lists)
	now, err := awards.Decide(l.ctx, l.r, s.contest.Round)
	if judging.CodeOf(err) == judging.Clash { // judges that can't be compared: deciding says so
		d.now = d.lists
		return nil
	}
	d.now = now
	return err
}
