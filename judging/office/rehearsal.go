package office

import (
	"context"
	"math"
	"math/rand/v2"

	"fayi/judging"
	"fayi/judging/office/assignment"
	"fayi/judging/office/audience"
	"fayi/judging/office/internal/filelist"
	"fayi/judging/office/internal/journal"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/scoring"
	"fayi/judging/store"
	"fayi/judging/terms"
)

// Rehearse copies the contest into the empty store of target, marks it 演练, gives it an identity of its own, and
// fills every judge's list with simulated scores by seed: works differ in quality, judges in severity and care. A
// plan is made and published when there is not one. The real contest is only read. Errors: Clash when target holds a
// contest, and all of PlanAssignment.
func (o *Office) Rehearse(
	ctx context.Context, target records.Config, seed uint64, progress func(done, total int),
) (*Office, error) {
	copied := newOffice(target)
	if _, err := copied.rec.Contest(ctx); err == nil {
		return nil, judging.Fail(judging.Clash, "contest.exists", nil)
	}
	if err := o.copyTo(ctx, copied); err != nil {
		return nil, err
	}
	if err := copied.markRehearsal(ctx, seed); err != nil {
		return nil, err
	}
	if err := copied.ensurePlan(ctx, seed); err != nil {
		return nil, err
	}
	return copied, copied.simulate(ctx, seed, progress)
}

// copyTo copies every key and every file.
func (o *Office) copyTo(ctx context.Context, to *Office) error {
	type pair struct{ key, value []byte }
	pairs, err := records.View(ctx, o.rec.DB, func(tx store.Tx) ([]pair, error) {
		var out []pair
		err := tx.Scan(nil, func(k, v []byte) error {
			out = append(out, pair{append([]byte(nil), k...), append([]byte(nil), v...)})
			return nil
		})
		return out, err
	})
	if err != nil {
		return err
	}
	cost := func(i int) (int, int) { return 1, len(pairs[i].key) + len(pairs[i].value) }
	err = store.Bulk(ctx, to.rec.In(records.Settings), len(pairs), cost, func(tx store.Tx,
		i int) error {
		return tx.Put(pairs[i].key, pairs[i].value)
	}, nil)
	if err != nil {
		return err
	}
	sums, err := records.View(ctx, to.rec.DB, func(tx store.Tx) ([]string, error) {
		return filelist.Kept(tx, o.rec.Blobs.Has)
	})
	if err != nil {
		return err
	}
	for _, sum := range sums {
		if err := o.copyBlob(ctx, to, sum); err != nil {
			return err
		}
	}
	return nil
}

func (o *Office) copyBlob(ctx context.Context, to *Office, sum string) error {
	f, err := o.rec.Blobs.Open(sum)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = to.rec.Blobs.Put(ctx, f)
	return err
}

func (o *Office) markRehearsal(ctx context.Context, seed uint64) error {
	return o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		c, err := records.LoadContest(tx)
		if err != nil {
			return err
		}
		before := c.ID
		if err := o.draw(&c); err != nil {
			return err
		}
		c.Rehearsal = true
		if err := records.Contests.Put(tx, c); err != nil {
			return err
		}
		return o.rec.Log(tx, "rehearse", string(c.ID), map[string]any{
			"id": before,
		}, map[string]any{
			"id":   c.ID,
			"seed": seed,
		})
	})
}

func (o *Office) ensurePlan(ctx context.Context, seed uint64) error {
	plan, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (*judging.Plan, error) {
		c, err := records.LoadContest(tx)
		if err != nil {
			return nil, err
		}
		return records.PublishedPlan(tx, c.Round)
	})
	if err != nil || plan != nil {
		return err
	}
	draft, err := assignment.Of(o.rec).PlanAssignment(ctx, assignment.PlanRequest{Seed: &seed}, nil)
	if err != nil {
		return err
	}
	// In a copy nothing that is open needs a tick: the contest itself asks when its plan is published.
	_, err = assignment.Of(o.rec).PublishPlan(Ticking(ctx, PointKinds()...), draft.ID)
	return err
}

// simulate fills in what no judge has scored yet and hands the lists in.
func (o *Office) simulate(ctx context.Context, seed uint64, progress func(done, total int)) error {
	status, err := scoring.Of(o.rec).ScoresStatus(ctx)
	if err != nil {
		return err
	}
	for i, j := range status.Judges {
		in, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (scoring.Duty, error) {
			return scoring.LoadDuty(tx, j.Judge)
		})
		if err != nil {
			return err
		}
		in.Pledged = true // invented scores are nobody's word
		if err := o.simulateJudge(ctx, in, newSimJudge(seed, i)); err != nil {
			return err
		}
		if progress != nil {
			progress(i+1, len(status.Judges))
		}
	}
	return audience.Invent(ctx, o.rec, seed)
}

func (o *Office) simulateJudge(ctx context.Context, in scoring.Duty, sim *simJudge) error {
	cost := func(int) (int, int) { return 8, 1 << 13 }
	votes, err := o.simVotes(ctx, in)
	if err != nil {
		return err
	}
	err = store.Bulk(ctx, o.rec.In(records.Settings), len(in.Works), cost, func(tx store.Tx, i int) error {
		w := in.Works[i]
		kept, err := records.LoadScore(tx, in.Plan.Round, w.ID, in.Judge.ID)
		if err != nil || records.Finished(kept.Now().State) {
			return err
		}
		rubric := in.Rules.RubricOf(w.Category)
		b := sim.ballot(rubric, w)
		if mark, counted := votes[w.Code]; counted {
			b.Marks = map[string]float64{rubric.Criteria[0].Name: mark}
		}
		out, err := scoring.Accept(o.rec, tx, in, scoring.Incoming{Ballot: b, Source: judging.Sim})
		return records.FirstError(err, out.Reason)
	}, nil)
	if err != nil {
		return err
	}
	return o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		return scoring.Submit(o.rec, tx, in, journal.DeedOf(in.Judge.ID, judging.Sim, journal.Acting{}))
	})
}

// simJudge scores as a person might: quality of a work N(0, 1) shared by all judges, bias N(0, 4) points, spread
// around 1, noise around 4 points. Each number depends only on the seed, the judge's place and the work, so that an
// interrupted rehearsal repeated gives the same scores.
type simJudge struct {
	seed, index        uint64
	bias, scale, noise float64
}

func newSimJudge(seed uint64, index int) *simJudge {
	r := rand.New(rand.NewPCG(seed, uint64(index)+1<<32))
	return &simJudge{
		seed, uint64(index), 4 * r.NormFloat64(), math.Exp(0.2 * r.NormFloat64()), 4 * math.Exp(0.3*r.NormFloat64()),
	}
}

func (s *simJudge) ballot(r judging.Rubric, w judging.Work) judging.Ballot {
	var id uint64
	for _, c := range []byte(w.ID) {
		id = id*131 + uint64(c)
	}
	quality := rand.New(rand.NewPCG(s.seed, id)).NormFloat64()
	own := rand.New(rand.NewPCG(s.seed^id, s.index))
	total := 79 + s.bias + s.scale*8*quality + s.noise*own.NormFloat64()
	b := judging.Ballot{Code: w.Code, Marks: map[string]float64{}, Confidence: 1 + own.IntN(3)}
	for _, c := range r.Criteria {
		share := (total + 4*own.NormFloat64()) / 100
		mark := math.Round(min(1, max(0.1, share))*c.Weight/r.Step) * r.Step
		if b.Marks[c.Name] = mark; c.Optional && own.IntN(8) == 0 {
			b.Marks[c.Name] = terms.NotApplicable
		}
	}
	return b
}
