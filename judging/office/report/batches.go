package report

import (
	"context"
	"errors"
	"slices"

	"fayi/judging"
	"fayi/judging/office/awards"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/sets"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
	"fayi/judging/superior"
)

// BatchPlan 上报预案 is what the next batch for a superior would hold.
type BatchPlan struct {
	Superior superior.Settings `json:"superior"`
	Number   int               `json:"number"`
	Works    []BatchWork       `json:"works"` // every winner, in the order of the award list
	Rooms    []superior.Room   `json:"rooms"` // of the quotas, with the works chosen
	// what was reported before and no longer holds: it goes along with the batch
	Corrections []superior.Correction `json:"corrections"`

	state records.State
	open  []records.Point // what it goes out with
}

// BatchWork is a winner that may be reported.
type BatchWork struct {
	superior.Nominee
	Title   string   `json:"title"`
	Authors []string `json:"authors"`
	Unit    string   `json:"unit"`
	Files   int      `json:"files"` // that would go along
	// award and special prizes, as the batch says them
	Honours string `json:"honours"`
	award   awards.Award
	work    judging.Work
}

// Batches lists what was reported so far, oldest first for each level.
func (o Stage) Batches(ctx context.Context) ([]superior.Batch, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]superior.Batch, error) {
		out := []superior.Batch{}
		return out, records.Batches.Each(tx, func(b superior.Batch) error { out = append(out, b); return nil })
	})
}

// PlanBatch proposes the next batch: the winners not yet reported to that level, best first within the quotas; with
// works given, just these. Errors: Closed when no awards are decided, NotFound for a work without an award, Clash
// for one that was reported before, Invalid for an unknown level.
func (o Stage) PlanBatch(ctx context.Context, to superior.Level, only []judging.WorkID) (BatchPlan, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (BatchPlan, error) { return planBatch(ctx, tx, to, only) })
}

func planBatch(ctx context.Context, tx store.Tx, to superior.Level, only []judging.WorkID) (BatchPlan, error) {
	var p BatchPlan
	if !slices.Contains(superior.Levels, to) {
		return p, judging.Fail(judging.Invalid, "batch.unknown_level", judging.Args{"Level": string(to)})
	}
	rules, err := records.LoadRules(tx)
	if err != nil {
		return p, err
	}
	if p.Superior, err = loadSuperior(tx, to); err != nil {
		return p, err
	}
	awards, err := awards.ListWinners(ctx, tx)
	if err != nil {
		return p, err
	}
	if len(awards) == 0 {
		return p, judging.Fail(judging.Closed, "awards.none", nil)
	}
	reported, err := reportedTo(tx, to)
	if err != nil {
		return p, err
	}
	p.Number = reported.batches + 1
	if err := p.gather(tx, awards, reported.in); err != nil {
		return p, err
	}
	if p.Corrections, err = correctionsOf(tx, awards, reported); err != nil {
		return p, err
	}
	return p, p.choose(rules, only)
}

// gather lists the winners.
func (p *BatchPlan) gather(tx store.Tx, awards []awards.Award, reported map[judging.WorkID]string) error {
	p.Works = []BatchWork{}
	for _, a := range awards {
		w, err := records.LoadWork(tx, a.Work)
		if err != nil {
			return err
		}
		p.Works = append(p.Works, BatchWork{Title: w.Title, Authors: w.Authors, Unit: w.ShownUnit(),
			Files: len(w.Files), Honours: a.Honours(), award: a, work: w,
			Nominee: superior.Nominee{Work: a.Work, Category: a.Category, Award: a.Award, Place: a.Place,
				Reported: reported[a.Work]}})
	}
	return nil
}

// choose marks the works of the batch: by the quotas, or those asked for.
func (p *BatchPlan) choose(rules judging.Rules, only []judging.WorkID) error {
	list := make([]superior.Nominee, len(p.Works))
	for i, w := range p.Works {
		list[i] = w.Nominee
	}
	if len(only) == 0 {
		list = superior.Nominate(p.Superior, rules, list)
	}
	for _, id := range only {
		i := slices.IndexFunc(list, func(n superior.Nominee) bool { return n.Work == id })
		if i < 0 {
			return judging.Fail(judging.NotFound, "batch.no_award", judging.Args{"Work": string(id)})
		}
		if list[i].Reported != "" {
			return judging.Fail(judging.Clash, "batch.reported_before", judging.Args{
				"Work":   p.Works[i].work.Code,
				"Number": superior.BatchNumber(list[i].Reported),
			})
		}
		list[i].Chosen = true
	}
	for i := range list {
		p.Works[i].Nominee = list[i]
	}
	p.Rooms = superior.Rooms(p.Superior, rules, list)
	return nil
}

// chosen lists the works of the batch.
func (p BatchPlan) chosen() []BatchWork {
	return slices.DeleteFunc(slices.Clone(p.Works), func(w BatchWork) bool { return !w.Chosen })
}

// Over returns the first quota that the choice goes beyond; ok is false when there is none.
func (p BatchPlan) Over() (superior.Room, bool) {
	for _, r := range p.Rooms {
		if r.Over() {
			return r, true
		}
	}
	return superior.Room{}, false
}

// reporting is what went up to a level.
type reporting struct {
	batches int
	in      map[judging.WorkID]string // the batch a work is in
	said    map[judging.WorkID]spoken // what was last said of a work
}

// spoken is what a batch said of a work.
type spoken struct {
	batch string
	said  superior.Said
}

func reportedTo(tx store.Tx, to superior.Level) (reporting, error) {
	r := reporting{in: map[judging.WorkID]string{}, said: map[judging.WorkID]spoken{}}
	err := records.Batches.EachPrefix(tx, string(to)+"-", func(b superior.Batch) error {
		r.batches = max(r.batches, b.Number)
		if b.Withdrawn != nil {
			return nil
		}
		for _, w := range b.Works {
			r.in[w] = b.ID
			if said, ok := b.Said[w]; ok {
				r.said[w] = spoken{b.ID, said}
			}
		}
		for _, c := range b.Corrections {
			r.said[c.Work] = spoken{b.ID, c.Now}
		}
		return nil
	})
	return r, err
}

// BatchRequest says what to report and where to put it.
type BatchRequest struct {
	To    superior.Level
	Works []judging.WorkID // just these; empty: by the quotas
	Dir   string           // the folder to make; it must not be there yet, or be empty
}

// BatchReport is what was made.
type BatchReport struct {
	Batch  string           `json:"batch"`
	Number int              `json:"number"`
	To     superior.Level   `json:"to"`
	Works  []judging.WorkID `json:"works"`
	Files  int              `json:"files"` // of works
	// of earlier batches, that went along
	Corrections []superior.Correction `json:"corrections"`
	Dir         string                `json:"dir"`
	Manifest    string                `json:"manifest"`
	Zip         string                `json:"zip"`
	Left        []string              `json:"left,omitempty"` // columns of the superior's form that stay empty

	State records.State   `json:"state"`
	Open  []records.Point `json:"open_points"` // what it went out with
}

// PackBatch reports the next batch: it writes the folder with the list, the letter, the works' original files under the
// names asked for and a manifest of sums, and the same as a zip next to it, then records that the works were reported.
// All of it is there, or nothing. Errors: as PlanBatch; Closed when nothing is left to report, Clash beyond a quota,
// when the folder is there already or when another batch came in between, NotFound and Corrupt for an original file
// that is gone or was changed, Unavailable for a disk that is full or read-only.
func (o Stage) PackBatch(
	ctx context.Context, req BatchRequest, words paper.Words, progress func(done, total int),
) (BatchReport, error) {
	p, err := o.passBatch(ctx, req)
	if err != nil {
		return BatchReport{}, err
	}
	if err := sets.FolderPlace(req.Dir); err != nil {
		return BatchReport{}, err
	}
	list := p.chosen()
	if len(list)+len(p.Corrections) == 0 {
		return BatchReport{}, judging.Fail(judging.Closed, "batch.nothing", nil)
	}
	if r, over := p.Over(); over {
		return BatchReport{}, judging.Fail(judging.Clash, "batch.over_quota", judging.Args{
			"Category": r.Category,
			"Quota":    r.Quota,
			"Wanted":   r.Reported + r.Chosen,
		})
	}
	pack, err := o.beginPack(ctx, p, req.Dir, words)
	if err != nil {
		return BatchReport{}, err
	}
	defer pack.clear()
	if err := pack.write(ctx, progress); err != nil {
		return BatchReport{}, err
	}
	if err := pack.publish(); err != nil {
		return BatchReport{}, err
	}
	if err := o.recordBatch(ctx, p, pack); err != nil {
		return BatchReport{}, errors.Join(err, pack.withdraw())
	}
	return pack.report(), nil
}

// passBatch asks at the gate and plans the batch, as of one moment.
func (o Stage) passBatch(ctx context.Context, req BatchRequest) (BatchPlan, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (BatchPlan, error) {
		p, err := planBatch(ctx, tx, req.To, req.Works)
		if err != nil {
			return p, err
		}
		if p.open, err = o.rec.Pass(ctx, tx, records.GateBatch); err != nil {
			return p, err
		}
		p.state, err = records.StateOf(tx)
		return p, err
	})
}

// recordBatch keeps that the works were reported.
func (o Stage) recordBatch(ctx context.Context, p BatchPlan, pack *batchPack) error {
	b := superior.Batch{ID: superior.BatchID(p.Superior.To, p.Number), Number: p.Number, To: p.Superior.To,
		At: o.rec.Now().UTC(), Files: pack.files, Sum: pack.manifestSum,
		Awards: map[judging.WorkID]string{}, Said: map[judging.WorkID]superior.Said{},
		Corrections: p.Corrections}
	for _, w := range pack.works {
		b.Works = append(b.Works, w.Work)
		b.Awards[w.Work] = w.Award
		b.Said[w.Work] = said(w.work, w.Honours)
	}
	return o.rec.Change(ctx, records.Reporting, func(tx store.Tx) error {
		now, err := reportedTo(tx, b.To)
		if err != nil {
			return err
		}
		at, err := records.StateOf(tx)
		if err != nil {
			return err
		}
		if now.batches+1 != b.Number || at != p.state { // its papers are of another moment
			return judging.Fail(judging.Clash, "batch.meanwhile", nil)
		}
		if err := records.Batches.Put(tx, b); err != nil {
			return err
		}
		return o.rec.Log(tx, "report.batch", b.ID, nil, map[string]any{
			"works":           b.Works,
			"corrections":     len(b.Corrections),
			"files":           b.Files,
			"manifest_sha256": b.Sum,
		})
	})
}
