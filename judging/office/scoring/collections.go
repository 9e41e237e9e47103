package scoring

import (
	"context"
	"errors"
	"slices"
	"time"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Collection is one collecting of sheets and replies that changed something.
type Collection struct {
	ID     string        `json:"id"`
	At     time.Time     `json:"at"`
	Round  judging.Round `json:"round"`
	Files  []string      `json:"files"`
	Scores int           `json:"scores"` // changed, or brought into a clash; none that was taken back
	Undone time.Time     `json:"undone,omitzero"`
	Reason string        `json:"reason,omitempty"` // why it was taken back
}

// collectedScore is what a collection did to one score.
type collectedScore struct {
	Collection string           `json:"collection"`
	Round      judging.Round    `json:"round"`
	Judge      judging.JudgeID  `json:"judge"`
	Work       judging.WorkID   `json:"work"`
	Code       judging.WorkCode `json:"code"`
	Before     int              `json:"before"` // versions
	After      int              `json:"after"`
	Waiting    []string         `json:"waiting,omitempty"` // statements it put up for decision, by ID
	Settled    bool             `json:"settled,omitempty"` // it took statements off what waited

	// What waited before and, by ID, after. Collections of earlier versions do not say: those that settled something
	// can't be undone.
	Listed []judging.ScoreVersion `json:"listed,omitempty"`
	Left   []string               `json:"left,omitempty"`
	Lists  bool                   `json:"lists,omitempty"` // Listed and Left are known
}

var (
	collections = store.NewTable("collection", 1, func(c *Collection) string { return c.ID })
	collecteds  = store.NewTable("collected", 1, func(c *collectedScore) string {
		return c.Collection + "/" + string(c.Judge) + "/" + string(c.Code)
	})
)

// BeginCollection notes that a collection of files begins, before its first score, and returns its ID: a cut leaves it
// able to be taken back.
func BeginCollection(ctx context.Context, rec *records.Records, files []string) (string, error) {
	var c Collection
	err := rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		contest, err := records.LoadContest(tx)
		if err != nil {
			return err
		}
		n, err := records.Take(tx, "collection", 1)
		if err != nil {
			return err
		}
		c = Collection{ID: judging.Serial("c", 4, n), At: rec.Now().UTC(), Round: contest.Round, Files: files}
		if err := collections.Put(tx, c); err != nil {
			return err
		}
		return rec.Log(tx, "scores.collect", c.ID, nil, map[string]any{"files": len(c.Files)})
	})
	return c.ID, err
}

// keepCollected notes what a collection did to a score, in the transaction that does it.
func (o Stage) keepCollected(tx store.Tx, m merge) error {
	if m.collects == "" {
		return nil
	}
	c := collectedScore{
		Collection: m.collects,
		Round:      m.score.Round,
		Judge:      m.score.Judge,
		Work:       m.score.Work,
		Code:       m.code,
		Before:     len(m.before.Versions),
		Lists:      true,
	}
	if m.listed != nil {
		c.Listed = m.listed.Versions
	}
	earlier, err := collecteds.Get(tx, m.collects+"/"+string(c.Judge)+"/"+string(c.Code))
	switch {
	case err == nil:
		c = earlier
	case !errors.Is(err, judging.ErrNotFound):
		return err
	}
	c.After = len(m.score.Versions)
	if m.fate == Clashing {
		for _, f := range m.fresh {
			c.Waiting = append(c.Waiting, f.ID())
		}
	} else if m.relists() {
		c.Settled = true
	}
	c.Left = marksOfAll(m.waiting)
	return collecteds.Put(tx, c)
}

func marksOfAll(all []judging.ScoreVersion) (out []string) {
	for _, v := range all {
		out = append(out, v.ID())
	}
	return out
}

// Collections lists the round's collections, newest first.
func (o Stage) Collections(ctx context.Context) ([]Collection, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Collection, error) {
		out := []Collection{}
		contest, err := records.LoadContest(tx)
		if err != nil {
			return out, err
		}
		err = collections.Each(tx, func(c Collection) error {
			if c.Round != contest.Round {
				return nil
			}
			count := func(collectedScore) error { c.Scores++; return nil }
			if err := collecteds.EachPrefix(tx, c.ID+"/", count); err != nil {
				return err
			}
			out = append(out, c)
			return nil
		})
		slices.Reverse(out)
		return out, err
	})
}

// UndoCollect takes a collection back, the newest one where id is "": every score is again what it was before, what
// the sheets said is kept in the history as taken back, and the same sheets can be collected again. It is all or
// nothing. Errors: Invalid without a reason, NotFound when there is not one to take back, Clash when scores were
// changed since, Closed when a judge's list was handed in or the round closed.
func (o Stage) UndoCollect(ctx context.Context, id, reason string) (Collection, error) {
	var out Collection
	if reason = judging.Tidy(reason); reason == "" {
		return out, judging.Fail(judging.Invalid, "closing.needs_reason", nil)
	}
	err := o.rec.Change(ctx, records.Scoring, func(tx store.Tx) (err error) {
		if out, err = findCollection(tx, id); err != nil {
			return err
		}
		all, err := records.Collect(
			func(fn func(collectedScore) error) error { return collecteds.EachPrefix(tx, out.ID+"/", fn) },
		)
		if err != nil {
			return err
		}
		out.Undone, out.Reason, out.Scores = o.rec.Now().UTC(), reason, len(all)
		if err := o.undoScores(tx, all); err != nil {
			return err
		}
		if err := collections.Put(tx, out); err != nil {
			return err
		}
		return o.rec.Log(tx, "scores.undo_collect", out.ID, nil, map[string]any{"scores": len(all), "reason": reason})
	})
	return out, err
}

func findCollection(tx store.Tx, id string) (Collection, error) {
	var found *Collection
	contest, err := records.LoadContest(tx)
	if err != nil {
		return Collection{}, err
	}
	err = collections.Each(tx, func(c Collection) error {
		if c.Round == contest.Round && c.Undone.IsZero() && (id == "" || id == c.ID) {
			found = &c
		}
		return nil
	})
	if err == nil && found == nil {
		err = judging.Fail(judging.NotFound, "scores.no_collection", nil)
	}
	if err != nil {
		return Collection{}, err
	}
	return *found, nil
}

// undoScores takes back what a collection did, if nothing was built on any of it.
func (o Stage) undoScores(tx store.Tx, all []collectedScore) error {
	later := 0
	duties := map[judging.JudgeID]Duty{}
	for _, c := range all {
		d, known := duties[c.Judge]
		if !known {
			var err error
			if d, err = loadSeating(tx, c.Judge); err != nil {
				return err
			}
			duties[c.Judge] = d
		}
		if err := d.writable(tx, judging.Work{ID: c.Work, Code: c.Code}); err != nil {
			return err
		}
		untouched, err := o.undoScore(tx, d, c)
		if err != nil {
			return err
		}
		if !untouched {
			later++
		}
	}
	if later > 0 {
		return judging.Fail(judging.Clash, "scores.built_on", judging.Args{"Count": later})
	}
	return nil
}

// undoScore takes back one score; false when something came after it. What it writes then goes with the transaction.
func (o Stage) undoScore(tx store.Tx, d Duty, c collectedScore) (bool, error) {
	w := judging.Work{ID: c.Work, Code: c.Code}
	s, err := d.LoadScore(tx, w)
	if err != nil {
		return false, err
	}
	listed, err := loadClash(tx, c.Round, c.Judge, c.Code)
	if err != nil {
		return false, err
	}
	if len(s.Versions) != c.After || s.Void != "" || c.Settled && !c.Lists {
		return false, nil
	}
	if len(c.Waiting) > 0 || c.Settled {
		m := merge{fate: Stale, code: c.Code, before: s, score: s, listed: listed}
		var now []judging.ScoreVersion
		if listed != nil {
			m.packet, now = listed.Packet, listed.Versions
		}
		if c.Lists && !slices.Equal(marksOfAll(now), c.Left) || listed == nil && !c.Lists {
			return false, nil // decided on since
		}
		for _, v := range now {
			if slices.Contains(c.Waiting, v.ID()) {
				s.Undone = append(s.Undone, v)
			} else {
				m.waiting = append(m.waiting, v)
			}
		}
		if c.Lists {
			m.waiting = c.Listed
		}
		if err := o.keepClash(tx, d, &m); err != nil {
			return false, err
		}
	}
	before := s.Now().Ballot
	s.Undone = append(s.Undone, s.Versions[c.Before:]...)
	s.Versions = slices.Clone(s.Versions[:c.Before])
	if err := scoresOf(c.Code).Put(tx, s); err != nil {
		return false, err
	}
	return true, o.rec.Log(tx, "scores.uncollect", records.ScoreID(&s), scoreGist(before), scoreGist(s.Now().Ballot))
}
