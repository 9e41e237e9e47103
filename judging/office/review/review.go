package review

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// reviewRecord is all reviews of a work that stand, oldest first.
//
// Works are accepted when they come in, so that a contest without reviews runs. Whether somebody has looked at a
// work is known from its last review, which keeps a digest of what there was to see: a work that was never looked
// at, or whose entry or files changed since, waits for review. So does a returned one that came back corrected.
type reviewRecord struct {
	Work  judging.WorkID `json:"work"`
	Steps []reviewStep   `json:"steps"`
}

type reviewStep struct {
	judging.Review
	Seen string `json:"seen"` // digest of what was looked at
}

var reviews = store.NewTable("review", 1, func(r *reviewRecord) string { return string(r.Work) })

// ReviewReport says what became of a review of many works.
type ReviewReport struct {
	Batch    int              `json:"batch"` // for UndoReview; 0 when nothing was reviewed
	Reviewed []judging.WorkID `json:"reviewed"`
	Refused  []judging.WorkID `json:"refused"` // judges are scoring them already
}

// ReviewWorks accepts, returns or rejects works; all but Accepted need a reason. A work in a published plan can
// only be accepted as it stands, rejected or withdrawn: it is refused otherwise, and the others are reviewed.
// Errors: Invalid, NotFound, Closed when all were refused.
func (o Stage) ReviewWorks(ctx context.Context, ids []judging.WorkID, f judging.Finding) (ReviewReport, error) {
	r := ReviewReport{Reviewed: []judging.WorkID{}, Refused: []judging.WorkID{}}
	f, err := f.Check()
	if err != nil {
		return r, err
	}
	refusal, err := o.sortReviews(ctx, ids, f, &r)
	if err != nil {
		return r, err
	}
	if len(r.Reviewed) == 0 {
		return r, refusal
	}
	if r.Batch, err = o.reviewBatch(ctx, stageOf(f.Status)); err != nil {
		return r, err
	}
	err = store.Bulk(ctx, o.rec.In(stageOf(f.Status)), len(r.Reviewed), reviewCost, func(tx store.Tx, i int) error {
		return o.reviewOne(tx, r.Reviewed[i], f, r.Batch)
	}, nil)
	o.rec.Changes.Ring()
	return r, err
}

// reviewCost is the most that one review writes: the work, its reviews, an entry and a counter.
func reviewCost(int) (writes, bytes int) { return 8, 1 << 16 }

// stageOf tells a work's leaving, which may come as late as during the notice, from all other reviews.
func stageOf(s judging.WorkStatus) records.Stage {
	if s == judging.Withdrawn || s == judging.Rejected {
		return records.Leaving
	}
	return records.Reviewing
}

func (o Stage) reviewBatch(ctx context.Context, stage records.Stage) (batch int, err error) {
	err = o.rec.In(stage).Update(ctx, func(tx store.Tx) (err error) {
		batch, err = records.Take(tx, "review", 1)
		return err
	})
	return batch, err
}

// sortReviews tells works that can be reviewed from those that judges are scoring; it returns why the first of
// these was refused.
func (o Stage) sortReviews(
	ctx context.Context, ids []judging.WorkID, f judging.Finding, r *ReviewReport,
) (refusal error, err error) {
	err = o.rec.DB.View(ctx, func(tx store.Tx) error {
		refusal, r.Reviewed, r.Refused = nil, []judging.WorkID{}, []judging.WorkID{}
		assigned, err := assignedWorks(tx)
		if err != nil {
			return err
		}
		for _, id := range ids {
			w, err := records.LoadWork(tx, id)
			if err != nil {
				return err
			}
			switch {
			case slices.Contains(r.Reviewed, id):
			case assigned[id] && refusedWhenAssigned(w.Status, f.Status):
				r.Refused = append(r.Refused, id)
				refusal = cmp.Or(refusal, error(judging.Fail(judging.Closed, "works.assigned", judging.Args{
					"Work": w.Code,
				})))
			default:
				r.Reviewed = append(r.Reviewed, id)
			}
		}
		return nil
	})
	return refusal, err
}

func refusedWhenAssigned(from, to judging.WorkStatus) bool {
	return from != to && (to == judging.Accepted || to == judging.Returned)
}

// assignedWorks is the set of works in the published plan.
func assignedWorks(tx store.Tx) (map[judging.WorkID]bool, error) {
	c, err := records.LoadContest(tx)
	if err != nil {
		return nil, err
	}
	out := map[judging.WorkID]bool{}
	plan, err := records.PublishedPlan(tx, c.Round)
	if err != nil || plan == nil {
		return out, err
	}
	lists, err := records.PlanRosters(tx, plan.ID)
	for _, l := range lists {
		for _, w := range l.Works {
			out[w] = true
		}
	}
	return out, err
}

// reviewOne keeps a review of one work, and tells the journal.
func (o Stage) reviewOne(tx store.Tx, id judging.WorkID, f judging.Finding, batch int) error {
	w, err := records.LoadWork(tx, id)
	if err != nil {
		return err
	}
	record, err := loadReviews(tx, id)
	if err != nil {
		return err
	}
	step := reviewStep{judging.Review{
		Work:   id,
		Batch:  batch,
		At:     o.rec.Now().UTC(),
		By:     o.rec.Actor,
		Before: w.Finding(),
		After:  f,
	}, sightOf(w)}
	record.Steps = append(record.Steps, step)
	if err := records.PutWork(tx, w.Found(f)); err != nil {
		return err
	}
	if err := reviews.Put(tx, record); err != nil {
		return err
	}
	return o.rec.Log(tx, "works.review", string(id), step.Before, step.After)
}

func loadReviews(tx store.Tx, id judging.WorkID) (reviewRecord, error) {
	r, err := reviews.Get(tx, string(id))
	if errors.Is(err, judging.ErrNotFound) {
		return reviewRecord{Work: id}, nil
	}
	return r, err
}

// sightOf is a digest of what a reviewer sees of a work.
func sightOf(w judging.Work) string {
	var sums []string
	for _, f := range w.Files {
		sums = append(sums, f.Sum)
	}
	slices.Sort(sums)
	raw, _ := json.Marshal([]any{w.Key(), w.Group, w.Unit, w.Teachers, w.Intro, sums}) // strings can't fail
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:8])
}

// UndoReview takes back all reviews of one act; 0 means the last that stands. Works reviewed again since stay as
// they are. It returns the works that are as before. Errors: NotFound when there is nothing to take back, Closed
// when judges are scoring a work that would have to be accepted or returned again.
func (o Stage) UndoReview(ctx context.Context, batch int) ([]judging.WorkID, error) {
	var ids []judging.WorkID
	err := o.rec.DB.View(ctx, func(tx store.Tx) (err error) {
		ids, batch, err = undoable(tx, batch)
		return err
	})
	if err != nil {
		return nil, err
	}
	undone := make([]bool, len(ids))
	err = store.Bulk(ctx, o.rec.In(records.Reviewing), len(ids), reviewCost, func(tx store.Tx, i int) (err error) {
		undone[i], err = o.undoOne(tx, ids[i], batch)
		return err
	}, nil)
	o.rec.Changes.Ring()
	var out []judging.WorkID
	for i, id := range ids {
		if undone[i] {
			out = append(out, id)
		}
	}
	if err == nil && len(out) == 0 { // somebody else was first
		err = judging.Fail(judging.NotFound, "review.nothing_to_undo", nil)
	}
	return out, err
}

// undoable lists the works whose last review is of the batch, the newest one for 0, and says which batch that is.
func undoable(tx store.Tx, batch int) ([]judging.WorkID, int, error) {
	byBatch := map[int][]judging.WorkID{}
	newest := 0
	err := reviews.Each(tx, func(r reviewRecord) error {
		if len(r.Steps) > 0 {
			b := r.Steps[len(r.Steps)-1].Batch
			byBatch[b] = append(byBatch[b], r.Work)
			newest = max(newest, b)
		}
		return nil
	})
	if err != nil {
		return nil, 0, err
	}
	if batch == 0 {
		batch = newest
	}
	assigned, err := assignedWorks(tx)
	if err != nil {
		return nil, 0, err
	}
	var out []judging.WorkID
	for _, id := range byBatch[batch] {
		w, err := records.LoadWork(tx, id)
		if errors.Is(err, judging.ErrNotFound) {
			continue // its import was undone
		}
		if err != nil {
			return nil, 0, err
		}
		r, err := loadReviews(tx, id)
		if err != nil {
			return nil, 0, err
		}
		step := r.Steps[len(r.Steps)-1]
		if assigned[id] && refusedWhenAssigned(w.Status, step.Before.Status) {
			return nil, 0, judging.Fail(judging.Closed, "works.assigned", judging.Args{"Work": w.Code})
		}
		out = append(out, id)
	}
	if len(out) == 0 {
		return nil, 0, judging.Fail(judging.NotFound, "review.nothing_to_undo", nil)
	}
	return out, batch, nil
}

// undoOne takes the last review of a work back if it is still of the batch. A finding that has changed since, by an
// import that was undone, stays.
func (o Stage) undoOne(tx store.Tx, id judging.WorkID, batch int) (bool, error) {
	w, err := records.LoadWork(tx, id)
	if err != nil {
		return false, err
	}
	record, err := loadReviews(tx, id)
	last := len(record.Steps) - 1
	if err != nil || last < 0 || record.Steps[last].Batch != batch {
		return false, err
	}
	step := record.Steps[last]
	record.Steps = record.Steps[:last]
	if reflect.DeepEqual(w.Finding(), step.After) {
		if err := records.PutWork(tx, w.Found(step.Before)); err != nil {
			return false, err
		}
	}
	if err := reviews.Put(tx, record); err != nil {
		return false, err
	}
	return true, o.rec.Log(tx, "works.undo-review", string(id), step.After, step.Before)
}

// WaitingWorks lists the works that wait for review: nobody looked at them, or they changed since, by category and
// code. Rejected and withdrawn ones wait only when they changed.
func (o Stage) WaitingWorks(ctx context.Context) ([]judging.Work, error) {
	out, err := records.View(ctx, o.rec.DB, func(tx store.Tx) ([]judging.Work, error) {
		waits, err := WaitsForReview(tx)
		if err != nil {
			return nil, err
		}
		return records.AllWorks(tx, waits)
	})
	slices.SortFunc(out, func(a, b judging.Work) int {
		return cmp.Or(strings.Compare(a.Category, b.Category), strings.Compare(string(a.Code), string(b.Code)))
	})
	return out, err
}

// WaitsForReview passes the works that nobody looked at, or that changed since.
func WaitsForReview(tx store.Tx) (func(judging.Work) bool, error) {
	seen := map[judging.WorkID]string{}
	err := reviews.Each(tx, func(r reviewRecord) error {
		if n := len(r.Steps); n > 0 {
			seen[r.Work] = r.Steps[n-1].Seen
		}
		return nil
	})
	return func(w judging.Work) bool {
		if was, ok := seen[w.ID]; ok {
			return was != sightOf(w)
		}
		return w.Status == judging.Accepted
	}, err
}

// ReviewHistory lists every review of a work and every taking back of one, oldest first, as the journal tells.
// Errors: NotFound.
func (o Stage) ReviewHistory(ctx context.Context, id judging.WorkID) ([]judging.Review, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]judging.Review, error) {
		if _, err := records.LoadWork(tx, id); err != nil {
			return nil, err
		}
		out := []judging.Review{}
		err := records.Journal.Each(tx, func(e judging.Entry) error {
			noun, verb, _ := strings.Cut(e.Verb, ".")
			if e.Of != string(id) || noun != "works" || verb != "review" && verb != "undo-review" {
				return nil
			}
			r := judging.Review{Work: id, At: e.At, By: e.By, Undone: verb == "undo-review"}
			if err := errors.Join(json.Unmarshal(e.Before, &r.Before), json.Unmarshal(e.After, &r.After)); err != nil {
				return judging.Fail(judging.Corrupt, "store.bad_record", judging.Args{"Table": "journal"})
			}
			out = append(out, r)
			return nil
		})
		return out, err
	})
}
