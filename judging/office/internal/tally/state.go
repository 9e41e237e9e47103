package tally

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/store"
)

// State counts transactions by what they may have changed: what was found holds while the counts stand of all that it
// hangs on.
type State struct {
	Works  int `json:"works"`  // anything that is not named below, or which works are out by a ruling
	Awards int `json:"awards"` // rulings, points of the office, votes of an audience, decided awards
	Scores int `json:"scores"` // scores that count, or did
	Aside  int `json:"aside"`  // what whoever asks reads by itself: notices, objections, batches, works opened again
}

// quiet are the tables that a judge's work writes and that nothing counted of works depends on.
var quiet = map[string]bool{
	"score": true, "trial": true, "seat": true, "clash": true, "second_total": true, "journal": true, "unsaid": true,
	"page": true, "lease": true, "secret": true, "handling": true, "collection": true, "collected": true,
	"kept_score": true, "closing": true, "tally_judge": true, "tally_round": true, "tally_raised": true,
	"tally_work": true, "tally_mark": true, "tally_memo": true,
}

// aside are the tables that hold little and are read whenever what is open is asked for, and those that it is never
// asked of.
var aside = map[string]bool{
	"notice": true, "objection": true, "batch": true, "reopening": true, "certificate": true, "issued": true,
	"pass": true, "room_key": true, "look": true, "packet": true, "reply_key": true, "reply_file": true,
	"stage_break": true, "hint_note": true,
}

// awarding are the tables by which awards are decided, besides works and scores. Rulings put works out, too.
var awarding = map[string]bool{"ruling": true, "offset": true, "audience": true, "decision": true}

// Counters of what these tables hold.
var (
	quietCounters    = map[string]bool{"journal": true, "collection": true}
	asideCounters    = map[string]bool{"notice": true, "objection": true}
	awardingCounters = map[string]bool{
		"ruling": true, "offset": true, "audience": true, "deciding": true, "decisions": true,
	}
)

// Steady is a transaction that notes whether something was read that is written without what is kept of works being
// found again.
type Steady struct {
	store.Tx

	Broken bool
}

// Get implements store.Tx.
func (s *Steady) Get(key []byte) ([]byte, error) {
	s.note(key)
	return s.Tx.Get(key)
}

// Scan implements store.Tx.
func (s *Steady) Scan(prefix []byte, fn func(key, value []byte) error) error {
	s.note(prefix)
	return s.Tx.Scan(prefix, fn)
}

func (s *Steady) note(key []byte) {
	name, _, _ := bytes.Cut(key, []byte{0})
	name, _, _ = bytes.Cut(name, []byte{1}) // of an index
	table := string(name)
	s.Broken = s.Broken || quiet[table] || aside[table] || awarding[table] && table != "ruling"
}

// does is what a transaction may have changed.
type does struct{ works, awards, scores, aside, decided bool }

// write notes that something is written in a table.
func (d *does) write(table, id string) {
	counter := func(of map[string]bool) bool { return table == "counter" && of[id] }
	switch {
	case quiet[table] || counter(quietCounters): // of scores, look tells
	case aside[table] || counter(asideCounters):
		d.aside = true
	case awarding[table] || counter(awardingCounters):
		d.awards = true
		d.decided = d.decided || table == "counter" && id == "decisions"
	default:
		d.works = true
	}
}

// look completes it by what was written over.
func (d *does) look(tx store.Tx, before map[string][]byte) error {
	ruled := false
	for key, old := range before {
		switch table, id, _ := strings.Cut(key, "\x00"); table {
		case "ruling":
			ruled = true
		case "score":
			for _, of := range []func() (*score, error){
				func() (*score, error) { return decode(scores, old) },
				func() (*score, error) { return get(scores, tx, id) },
			} {
				s, err := of()
				if err != nil {
					return err
				}
				d.scores = d.scores || s != nil && s.Void == "" && s.now().State == judging.Scored
			}
		}
	}
	if !ruled || d.works {
		return nil
	}
	was, err := putOut(tx, before)
	if err != nil {
		return err
	}
	is, err := putOut(tx, nil)
	d.works = !maps.Equal(was, is)
	return err
}

// ruling is what is read of a ruling.
type ruling struct {
	ID       string         `json:"id"`
	Kind     string         `json:"kind"`
	Work     judging.WorkID `json:"work"`
	Recalled string         `json:"recalled"`
}

var rulings = store.NewTable("ruling", 1, func(r *ruling) string { return r.ID })

// putOut is the set of works that the last word on them puts out, as it was with what stood before.
func putOut(tx store.Tx, before map[string][]byte) (map[judging.WorkID]bool, error) {
	all := map[string]ruling{}
	err := rulings.Each(tx, func(r ruling) error { all[r.ID] = r; return nil })
	for key, old := range before {
		table, id, _ := strings.Cut(key, "\x00")
		if table != "ruling" {
			continue
		}
		delete(all, id)
		was, failed := decode(rulings, old)
		if failed != nil {
			return nil, failed
		}
		if was != nil {
			all[id] = *was
		}
	}
	gone := map[judging.WorkID]bool{}
	for _, id := range slices.Sorted(maps.Keys(all)) {
		if r := all[id]; r.Recalled == "" && r.Kind != "tie" {
			if delete(gone, r.Work); r.Kind == "disqualify" {
				gone[r.Work] = true
			}
		}
	}
	return gone, err
}

// count counts the transaction.
func (d does) count(m *mark) {
	for _, of := range []struct {
		does bool
		n    *int
	}{{d.works, &m.Works}, {d.awards, &m.Awards}, {d.scores, &m.Scores}, {d.aside, &m.Aside}} {
		if of.does {
			*of.n++
		}
	}
	if d.decided {
		state := m.State
		m.Decided = &state
	}
}

// StateOf returns the state of a contest; known is false where the tallies can't be trusted. asDecided says that
// works, scores and rulings are those from which awards were decided last.
func StateOf(tx store.Tx) (s State, asDecided, known bool, err error) {
	m, err := standing(tx)
	if err != nil || m == nil {
		return s, false, false, err
	}
	d := m.Decided
	return m.State, d != nil && d.Works == m.Works && d.Awards == m.Awards && d.Scores == m.Scores, true, nil
}
