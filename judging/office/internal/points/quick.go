package points

import (
	"context"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/day"
	"fayi/judging/office/awards"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/tally"
	"fayi/judging/office/results"
	"fayi/judging/office/scoring"
	"fayi/judging/store"
)

// quick is a look at a contest by tallies, by what is kept of works and by what is kept of decided awards.
type quick struct {
	ctx    context.Context
	tx     store.Tx
	round  judging.Round
	today  string
	steady *Steady
	ids    []string     // of the works of the round, sorted
	works  []tally.Work // by place
	rules  judging.Rules
	plan   *judging.Plan // published
	status records.Status
	awards *awarded // nil while nothing is decided
}

// quick is All where tallies can be trusted; out is nil where they can't.
func (f Finder) quick(ctx context.Context, tx store.Tx) (out []records.Point, keep *Keeping, err error) {
	q := quick{ctx: ctx, tx: tx, today: f.Now().Format(day.Form), steady: &Steady{}}
	kept, state, err := tally.Recall(tx, keptSteady, q.steady)
	if err != nil || state == 0 {
		return nil, nil, err
	}
	if !kept || q.steady.Version != steadyVersion {
		many, err := f.many(tx)
		if err != nil || !many {
			return nil, nil, err
		}
		of := &tally.Steady{Tx: tx}
		if q.steady, err = f.look(ctx, of).steady(); err != nil || q.steady == nil || of.Broken {
			return nil, nil, err // what hangs on judges, too, is found whole
		}
		keep = &Keeping{state, map[string]any{keptSteady: q.steady, keptShares: q.steady.other.shares}}
	}
	if known, err := q.load(); err != nil || !known {
		return nil, nil, err
	}
	if q.awards, err = f.awarded(ctx, &q); err != nil {
		return nil, nil, err
	}
	if q.awards != nil && q.awards.fresh {
		if keep == nil {
			keep = &Keeping{state, map[string]any{}}
		}
		keep.values[keptAwards] = q.awards
	}
	out = []records.Point{}
	for _, k := range table {
		got, err := q.find(k)
		if err != nil {
			return nil, nil, err
		}
		if got.count > 0 {
			out = append(out, k.point(got))
		}
	}
	return out, keep, ctx.Err()
}

// load reads what judges did; false where it is not known.
func (q *quick) load() (known bool, err error) {
	c, err := records.LoadContest(q.tx)
	if err != nil {
		return false, err
	}
	q.round = c.Round
	if q.steady.IDs != "" {
		q.ids = strings.Split(q.steady.IDs, "\n")
	}
	q.works = make([]tally.Work, len(q.ids))
	known, err = q.scored(q.round, func(place int, w tally.Work) { q.works[place] = w })
	if err != nil || !known {
		return false, err
	}
	if q.rules, err = records.RulesIn(q.tx, q.round); err != nil || award.NeedsEachScore(q.rules) {
		return false, err // who scored a work, and what they raised, is in no tally
	}
	if q.plan, err = records.PublishedPlan(q.tx, q.round); err == nil && q.plan != nil {
		q.status, err = records.PlanStatus(q.tx, *q.plan)
	}
	return err == nil, err
}

// scored calls fn with those works of the present round that have scores in some round; false where it is not known.
func (q *quick) scored(round judging.Round, fn func(place int, w tally.Work)) (known bool, err error) {
	next := 0
	return tally.WorksOf(q.tx, round, func(id judging.WorkID, w tally.Work) {
		for next < len(q.ids) && q.ids[next] < string(id) {
			next++
		}
		if next < len(q.ids) && q.ids[next] == string(id) {
			fn(next, w)
		}
	})
}

// find finds what is open of a kind.
func (q *quick) find(k kind) (found, error) {
	if k.quick != nil {
		return k.quick(q)
	}
	at := slices.IndexFunc(q.steady.Found, func(p placed) bool { return p.Kind == k.name })
	if at < 0 {
		return found{}, nil
	}
	p := q.steady.Found[at]
	out := found{count: p.Count}
	unpack(p.Works, func(place int) { out.works = append(out.works, q.id(place)) })
	return out, nil
}

func (q *quick) id(place int) judging.WorkID { return judging.WorkID(q.ids[place]) }

// worksThat finds the works of the round that pass.
func (q *quick) worksThat(pass func(place int) bool) found {
	var works []judging.WorkID
	for place := range q.ids {
		if pass(place) {
			works = append(works, q.id(place))
		}
	}
	return found{count: len(works), works: works}
}

func quickFlags(q *quick) (found, error) {
	if q.plan == nil {
		return found{}, nil
	}
	return raisedIn(q.tx, *q.plan, func(w judging.WorkID) bool {
		_, is := slices.BinarySearch(q.ids, string(w))
		return is
	})
}

func quickListsOpen(q *quick) (found, error) { return waitingLists(q.status), nil }

func quickPledges(q *quick) (found, error) { return pledgesIn(q.tx, q.rules, q.status) }

func quickClashes(q *quick) (found, error) { return clashesIn(q.tx) }

// quickShort is judgeShort. Nothing is over while nobody has handed in: then who was given what is not even read.
func quickShort(q *quick) (found, error) {
	waiting, some := map[judging.JudgeID]bool{}, q.status.Closed != nil
	for _, j := range q.status.Judges {
		waiting[j.Judge] = q.status.Closed == nil && !j.Submitted
		some = some || j.Submitted
	}
	if q.plan == nil || !some {
		return found{}, nil
	}
	shares, err := q.shares()
	if err != nil {
		return found{}, err
	}
	wanted, open := make([]int, len(q.ids)), make([]bool, len(q.ids))
	for _, s := range shares {
		waits := waiting[s.Judge]
		unpack(s.Works, func(place int) {
			wanted[place]++
			open[place] = open[place] || waits
		})
	}
	return q.worksThat(func(place int) bool { return !open[place] && q.works[place].Scores < wanted[place] }), nil
}

func (q *quick) shares() ([]share, error) {
	if q.steady.other != nil {
		return q.steady.other.shares, nil
	}
	var out []share
	kept, _, err := tally.Recall(q.tx, keptShares, &out)
	if err != nil || kept {
		return out, err
	}
	l := look{tx: q.tx, started: &start{plan: q.plan}} // it is kept by itself, and may be missing
	return l.shares(q.ids)
}

func quickUnranked(q *quick) (found, error) {
	if !q.status.Finished() {
		return found{}, nil
	}
	least := q.rules.LeastScores()
	return q.worksThat(func(place int) bool { return q.works[place].Scores < least }), nil
}

func quickConflicted(q *quick) (found, error) {
	var all []judging.Conflict
	for _, c := range q.steady.Conflicts {
		unpack(c.Works, func(place int) {
			if q.works[place].Scores > 0 {
				all = append(all, judging.Conflict{Judge: c.Judge, Work: q.id(place)})
			}
		})
	}
	scores, err := records.ScoresIn(q.tx, q.round, all)
	var out found
	for _, x := range scores {
		out.works, out.judges = append(out.works, x.Work), append(out.judges, x.Judge)
		out.count++
	}
	return out, err
}

func (q *quick) placing(place int) judging.Placing {
	w := q.works[place]
	return judging.Placing{Work: q.id(place), Scores: w.Scores, Range: w.Range.Float()}
}

func quickDisputes(q *quick) (found, error) {
	again, err := q.reopenings()
	return q.worksThat(func(place int) bool {
		return q.rules.Dispute.Disputed(q.placing(place)) && !again[q.id(place)]
	}), err
}

// quickReopened looks at the scores of works that were opened again, and of no others.
func quickReopened(q *quick) (found, error) {
	again, err := q.reopenings()
	if err != nil || len(again) == 0 {
		return found{}, err
	}
	s := results.Scoring{Round: q.round, Rules: q.rules}
	for place, id := range q.ids {
		if !again[judging.WorkID(id)] {
			continue
		}
		s.Placings = append(s.Placings, q.placing(place))
		scores, err := records.Scores.List(q.tx, judging.Serial("r", 2, int(q.round))+"/"+id+"/")
		if err != nil {
			return found{}, err
		}
		s.Scores = append(s.Scores, scores...)
	}
	return disputesThat(q.tx, s, awards.DisputeUnderway)
}

func (q *quick) reopenings() (map[judging.WorkID]bool, error) {
	out := map[judging.WorkID]bool{}
	return out, records.Reopenings.EachPrefix(q.tx, records.ReopeningID(q.round, ""), func(r records.Reopening) error {
		out[r.Work] = true
		return nil
	})
}

// raisedIn finds what judges raised of works that pass and nobody handled.
func raisedIn(tx store.Tx, plan judging.Plan, pass func(judging.WorkID) bool) (found, error) {
	all, err := scoring.ListRaised(tx, plan)
	var works []judging.WorkID
	n := 0
	for _, r := range all {
		if r.Open() && pass(r.Work) {
			works = append(works, r.Work)
			n++
		}
	}
	out := ofWorks(works)
	out.count = n
	return out, err
}
