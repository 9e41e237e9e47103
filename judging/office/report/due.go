package report

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/awards"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/revisions"
	"fayi/judging/store"
	"fayi/judging/superior"
)

// Kinds of documents that can be due again.
const (
	DueNotice      = records.IssuedNotice
	DueList        = records.IssuedList
	DueCertificate = "certificate"
	DueBatch       = "batch"
)

// Due is a document that says of a work what no longer holds. It is made again, or, where the work has no award any
// more, taken back.
type Due struct {
	Document string                  `json:"document"` // DueNotice and so on
	Name     string                  `json:"name"`     // the certificate's number, the batch "city-01", "" for a list
	Work     judging.WorkID          `json:"work"`
	Kind     superior.CorrectionKind `json:"kind"`
	Before   superior.Said           `json:"before"` // what it says
	Now      superior.Said           `json:"now"`    // what holds
	Reason   string                  `json:"reason"` // of correction or ruling; "" where awards were decided again
	Since    time.Time               `json:"since"`  // of it; the document's own moment where no reason is known
}

// DueDocuments lists the documents that a change has overtaken: the list for public notice, the award list,
// certificates and batches, by document then work. One leaves the list when it is made again: certificates by printing,
// lists by writing, a batch by the next one, which carries the correction. The certificate of a work without an award
// stays, to be taken back.
func (o Stage) DueDocuments(ctx context.Context) ([]Due, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Due, error) {
		won, err := awards.ListAwards(ctx, tx)
		if err != nil {
			return nil, err
		}
		d := dueSearch{tx: tx, won: won, now: map[judging.WorkID]string{}, out: []Due{},
			specials: map[judging.WorkID][]string{}}
		for _, a := range won {
			d.now[a.Work] = a.Award
		}
		if d.winners, err = awards.ListWinners(ctx, tx); err != nil {
			return nil, err
		}
		for _, a := range d.winners {
			d.specials[a.Work] = a.Specials
		}
		for _, kind := range []string{DueNotice, DueList} {
			if err := d.lists(kind); err != nil {
				return nil, err
			}
		}
		if err := d.certificates(); err != nil {
			return nil, err
		}
		return d.out, d.batches()
	})
}

// dueSearch compares what documents say with what holds.
type dueSearch struct {
	tx      store.Tx
	won     []awards.Award
	winners []awards.Award            // with those of special prizes alone
	now     map[judging.WorkID]string // awards
	// special prizes
	specials map[judging.WorkID][]string
	rulings  []award.Ruling
	read     bool // of rulings
	out      []Due
}

// holds is what would be said of a work now; a work that is gone keeps its last words and has no award.
func (d *dueSearch) holds(id judging.WorkID, award string, before superior.Said) (superior.Said, error) {
	w, err := records.LoadWork(d.tx, id)
	if judging.CodeOf(err) == judging.NotFound {
		before.Award = ""
		return before, nil
	}
	return said(w, award), err
}

// add lists a document if what it says of a work no longer holds; award is what the work has now of the kind that the
// document is about.
func (d *dueSearch) add(
	document, name string, id judging.WorkID, award string, before superior.Said, at time.Time,
) error {
	now, err := d.holds(id, award, before)
	if err != nil {
		return err
	}
	kind, changed := before.Correct(now)
	if !changed {
		return nil
	}
	x := Due{Document: document, Name: name, Work: id, Kind: kind, Before: before, Now: now, Since: at}
	if err := d.explain(&x, at); err != nil {
		return err
	}
	d.out = append(d.out, x)
	return nil
}

// explain finds why a document no longer holds: the last correction of the work's data since, or the last ruling on it.
func (d *dueSearch) explain(x *Due, at time.Time) error {
	if x.Kind == superior.Renamed {
		all, err := revisions.Of(d.tx, x.Work)
		for _, r := range all {
			if r.Act != "" && r.Act[0] == 'k' && r.Undone == "" && r.At.After(at) {
				x.Reason, x.Since = r.Reason, r.At
			}
		}
		return err
	}
	if !d.read {
		all, err := records.LiveRulings(d.tx)
		if err != nil {
			return err
		}
		d.rulings, d.read = all, true
	}
	for _, u := range d.rulings {
		if u.Work == x.Work && u.At.After(at) {
			x.Reason, x.Since = u.Reason, u.At
		}
	}
	return nil
}

func (d *dueSearch) lists(kind string) error {
	i, err := records.LastIssued(d.tx, kind)
	if err != nil || i == nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(i.Said)) {
		if err := d.add(kind, "", id, d.now[id], i.Said[id], i.At); err != nil {
			return err
		}
	}
	for _, a := range d.won { // a list also lacks whoever was called up
		if _, listed := i.Said[a.Work]; !listed {
			if err := d.addNew(kind, a.Work, i.At); err != nil {
				return err
			}
		}
	}
	return nil
}

// addNew lists a work with an award that a list does not have.
func (d *dueSearch) addNew(kind string, id judging.WorkID, at time.Time) error {
	w, err := records.LoadWork(d.tx, id)
	if err != nil {
		return err
	}
	before := said(w, "")
	x := Due{Document: kind, Work: id, Kind: superior.Regrade, Before: before, Now: said(w, d.now[id]), Since: at}
	if err := d.explain(&x, at); err != nil {
		return err
	}
	d.out = append(d.out, x)
	return nil
}

// certificates compares the newest certificate of each work, and of each special prize of it. Prizes of units and
// teachers have no work.
func (d *dueSearch) certificates() error {
	type of struct {
		work    judging.WorkID
		special string
	}
	newest := map[of]records.Certificate{}
	err := records.Certificates.Each(d.tx, func(c records.Certificate) error {
		about := of{work: c.Work}
		if c.Special {
			about.special = c.Award
		}
		if c.Work != "" && c.Seq >= newest[about].Seq {
			newest[about] = c
		}
		return nil
	})
	if err != nil {
		return err
	}
	order := slices.SortedFunc(maps.Keys(newest), func(a, b of) int {
		return cmp.Or(cmp.Compare(a.work, b.work), cmp.Compare(a.special, b.special))
	})
	for _, about := range order {
		c, id, award := newest[about], about.work, d.now[about.work]
		if c.Special {
			if award = ""; slices.Contains(d.specials[id], c.Award) {
				award = c.Award
			}
		}
		before, err := d.holds(id, award, superior.Said{Title: c.Title})
		if err != nil {
			return err
		}
		if before.Award = c.Award; strings.Join(before.Authors, "、") != c.Author {
			before.Authors = strings.Split(c.Author, "、")
		}
		before.Title = c.Title
		if err := d.add(DueCertificate, c.Number, id, award, before, time.Time{}); err != nil {
			return err
		}
	}
	return nil
}

// batches lists what the next batch of a level has to correct.
func (d *dueSearch) batches() error {
	at := map[string]time.Time{}
	if err := records.Batches.Each(d.tx, func(b superior.Batch) error { at[b.ID] = b.At; return nil }); err != nil {
		return err
	}
	for _, level := range superior.Levels {
		r, err := reportedTo(d.tx, level)
		if err != nil {
			return err
		}
		corrections, err := correctionsOf(d.tx, d.winners, r)
		if err != nil {
			return err
		}
		slices.SortStableFunc(corrections, func(a, b superior.Correction) int {
			return cmp.Compare(a.Batch, b.Batch)
		})
		for _, c := range corrections {
			x := Due{Document: DueBatch, Name: c.Batch, Work: c.Work, Kind: c.Kind, Before: c.Before, Now: c.Now,
				Since: at[c.Batch]}
			if err := d.explain(&x, at[c.Batch]); err != nil {
				return err
			}
			d.out = append(d.out, x)
		}
	}
	return nil
}
