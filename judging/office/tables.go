package office

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"

	"fayi/judging"
	"fayi/judging/sheet"
	"fayi/judging/store"
)

// The tables of a contest. Counters and the contest itself are singles under fixed identities.
var (
	contests  = store.NewTable("contest", 1, func(*judging.Contest) string { return "contest" })
	counters  = store.NewTable("counter", 1, func(c *counter) string { return c.Name })
	ruleBook  = store.NewTable("rules", 1, func(r *judging.Rules) string { return judging.Serial("v", 6, r.Version) })
	journal   = store.NewTable("journal", 1, func(e *judging.Entry) string { return judging.Serial("", 9, e.Seq) })
	intakes   = store.NewTable("intake", 1, func(i *judging.Intake) string { return string(i.ID) })
	headers   = store.NewTable("header", 1, func(m *sheet.Mapping) string { return m.Signature })
	judges    = store.NewTable("judge", 1, func(j *judging.Judge) string { return string(j.ID) })
	conflicts = store.NewTable("conflict", 1, func(c *judging.Conflict) string { return c.ID() })
	plans     = store.NewTable("plan", 1, func(p *judging.Plan) string { return string(p.ID) })
	rosters   = store.NewTable("roster", 1, func(r *judging.Roster) string { return r.ID() })
	seats     = store.NewTable("seat", 1, func(s *seat) string { return s.id() })
	decisions = store.NewTable("decision", 1, func(d *decisionRecord) string { return decisionPrefix(d.Version) + d.ID() })

	superiors = store.NewTable("superior", 1, func(s *judging.Superior) string { return string(s.To) })
	batches   = store.NewTable("batch", 1, func(b *judging.Batch) string { return b.ID })

	certificates = store.NewTable("certificate", 1, func(c *certificate) string { return c.id() })

	works = store.NewTable("work", 1, func(w *workRecord) string { return string(w.ID) },
		store.Index[workRecord]{Name: "category", Values: func(w *workRecord) []string {
			return w.each(func(v workVersion) string { return v.Work.Category })
		}},
		store.Index[workRecord]{Name: "key", Values: func(w *workRecord) []string {
			return w.each(func(v workVersion) string { return keyHash(v.Work.Key()) })
		}},
		store.Index[workRecord]{Name: "intake", Values: func(w *workRecord) []string {
			return w.each(func(v workVersion) string { return string(v.Intake) })
		}})
	scores = store.NewTable("score", 1, scoreID,
		store.Index[judging.Score]{Name: "judge", Values: func(s *judging.Score) []string { return []string{seatID(s.Round, s.Judge)} }})
)

// counter is the last number given out under a name.
type counter struct {
	Name string `json:"name"`
	Last int    `json:"last"`
}

// seat is a judge's place in a round: whether the list has been handed in.
type seat struct {
	Round     judging.Round   `json:"round"`
	Judge     judging.JudgeID `json:"judge"`
	Submitted bool            `json:"submitted"`
}

func (s *seat) id() string { return seatID(s.Round, s.Judge) }

func seatID(r judging.Round, j judging.JudgeID) string {
	return judging.Serial("r", 2, int(r)) + "/" + string(j)
}

func scoreID(s *judging.Score) string {
	return judging.Serial("r", 2, int(s.Round)) + "/" + string(s.Work) + "/" + string(s.Judge)
}

// decisionRecord is one list's awards in one deciding. Readers look at the version that the counter "decisions" names, so that all lists change at once.
type decisionRecord struct {
	Version int `json:"version"`
	judging.Decision
}

func decisionPrefix(version int) string { return judging.Serial("d", 6, version) + "/" }

func keyHash(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:8])
}

// last returns the last number a counter gave out, 0 before the first.
func last(tx store.Tx, name string) (int, error) {
	c, err := counters.Get(tx, name)
	if errors.Is(err, judging.ErrNotFound) {
		return 0, nil
	}
	return c.Last, err
}

// take gives out the next n numbers of a counter and returns the first, counting from 1.
func take(tx store.Tx, name string, n int) (int, error) {
	before, err := last(tx, name)
	if err != nil {
		return 0, err
	}
	return before + 1, counters.Put(tx, counter{Name: name, Last: before + n})
}

// log appends an entry to the journal, in the transaction of the change it tells of. before and after are kept as JSON; nil leaves them out.
func (o *Office) log(tx store.Tx, verb, of string, before, after any) error {
	entry := judging.Entry{At: o.now().UTC(), By: o.actor, Verb: verb, Of: of}
	var err error
	if entry.Before, err = rawJSON(before); err != nil {
		return err
	}
	if entry.After, err = rawJSON(after); err != nil {
		return err
	}
	n, err := last(tx, "journal")
	if err != nil {
		return err
	}
	var prev judging.Entry
	if n > 0 {
		if prev, err = journal.Get(tx, judging.Serial("", 9, n)); err != nil {
			return err
		}
	}
	entry = entry.Seal(prev)
	if err := counters.Put(tx, counter{Name: "journal", Last: entry.Seq}); err != nil {
		return err
	}
	return journal.Insert(tx, entry)
}

func rawJSON(v any) (json.RawMessage, error) {
	if v == nil {
		return nil, nil
	}
	return json.Marshal(v)
}
