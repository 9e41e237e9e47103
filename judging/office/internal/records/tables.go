package records

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/internal/copied"
	"fayi/judging/office/internal/counting"
	"fayi/judging/office/internal/journal"
	"fayi/judging/sheet/mapping"
	"fayi/judging/store"
	"fayi/judging/superior"
)

// The tables of a contest. Counters and the contest itself are singles under fixed identities.
var (
	Contests = store.NewTable("contest", 1, func(*judging.Contest) string { return "contest" })
	Counters = journal.Counters
	RuleBook = store.NewTable("rules", 6, ruleVersion).Upgrade(1, unchanged).Upgrade(2, unchanged).
			Upgrade(3, unchanged).Upgrade(4, unchanged).Upgrade(5, unchanged)
	voiceRules  = store.NewTable("rules", 5, ruleVersion) // as those read them that know votes of an audience
	pledgeRules = store.NewTable("rules", 4, ruleVersion) // as those read them that know the pledge
	voteRules   = store.NewTable("rules", 3, ruleVersion) // as those read them that know package voting
	plainRules  = store.NewTable("rules", 1, ruleVersion) // as older programs read them
	termRules   = store.NewTable("rules", 2, ruleVersion) // as those read them that know package terms
	Journal     = journal.Entries
	Intakes     = store.NewTable("intake", 1, func(i *judging.Intake) string { return string(i.ID) })
	Headers     = store.NewTable("header", 1, func(m *mapping.Mapping) string { return m.Signature })
	Judges      = store.NewTable("judge", 1, func(j *judging.Judge) string { return string(j.ID) })
	JudgeLists  = store.NewTable("judgelist", 1, func(l *JudgeList) string { return l.ID })

	Conflicts = store.NewTable("conflict", 1, func(c *judging.Conflict) string { return c.ID() })
	Plans     = store.NewTable("plan", 1, func(p *judging.Plan) string { return string(p.ID) })
	Rosters   = store.NewTable("roster", 1, func(r *judging.Roster) string { return r.ID() })
	Seats     = store.NewTable("seat", 1, func(s *Seat) string { return s.Id() })
	Decisions = store.NewTable("decision", 1, func(d *DecisionRecord) string {
		return decisionPrefix(d.Version) + d.ID()
	})

	Superiors = store.NewTable("superior", 1, func(s *superior.Settings) string { return string(s.To) })
	Batches   = store.NewTable("batch", 1, func(b *superior.Batch) string { return b.ID })

	Certificates = store.NewTable("certificate", 1, func(c *Certificate) string { return c.id() })

	Works = store.NewTable("work", 1, func(w *WorkRecord) string { return string(w.ID) },
		store.Index[WorkRecord]{Name: "category", Values: func(w *WorkRecord) []string {
			return w.each(func(v WorkVersion) string { return v.Work.Category })
		}},
		store.Index[WorkRecord]{Name: "key", Values: func(w *WorkRecord) []string {
			return w.each(func(v WorkVersion) string { return KeyHash(v.Work.Key()) })
		}},
		store.Index[WorkRecord]{Name: "intake", Values: func(w *WorkRecord) []string {
			return w.each(func(v WorkVersion) string { return string(v.Intake) })
		}}).KeepDecoded(copied.Most, ownRecord)
	Scores = store.NewTable("score", 1, ScoreID,
		store.Index[judging.Score]{
			Name:   "judge",
			Values: func(s *judging.Score) []string { return []string{SeatID(s.Round, s.Judge)} },
		}).KeepDecoded(counting.Most, counting.Own)
)

// JudgeList is one import of judges: what it brought and changed, so that it can be taken back.
type JudgeList struct {
	ID        string              `json:"id"`
	State     judging.IntakeState `json:"state"` // Live or Undone
	At        time.Time           `json:"at"`
	By        string              `json:"by,omitempty"`
	File      string              `json:"file"` // its name, without folders
	Tally     judging.RowTally    `json:"tally"`
	Added     []judging.Judge     `json:"added,omitempty"`
	Changed   []JudgeChange       `json:"changed,omitempty"`
	Conflicts []judging.Conflict  `json:"conflicts,omitempty"` // declared by it
}

// JudgeChange is a judge before and after an import.
type JudgeChange struct {
	Before judging.Judge `json:"before"`
	After  judging.Judge `json:"after"`
}

// Counter is the last number given out under a name.
type Counter = journal.Counter

// Seat is a judge's place in a round: whether the list has been handed in.
type Seat struct {
	Round     judging.Round   `json:"round"`
	Judge     judging.JudgeID `json:"judge"`
	Submitted bool            `json:"submitted"`
	Returned  string          `json:"returned,omitempty"` // why it was given back; "" once it is handed in again
}

func (s *Seat) Id() string { return SeatID(s.Round, s.Judge) }

func SeatID(r judging.Round, j judging.JudgeID) string {
	return judging.Serial("r", 2, int(r)) + "/" + string(j)
}

func ScoreID(s *judging.Score) string {
	return judging.Serial("r", 2, int(s.Round)) + "/" + string(s.Work) + "/" + string(s.Judge)
}

// DecisionRecord is one list's awards in one deciding. Readers look at the version that the counter "decisions"
// names, so that all lists change at once.
type DecisionRecord struct {
	Version int `json:"version"`
	award.Decision
}

func decisionPrefix(version int) string { return judging.Serial("d", 6, version) + "/" }

func KeyHash(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:8])
}

// Last returns the last number a counter gave out, 0 before the first.
func Last(tx store.Tx, name string) (int, error) { return journal.Last(tx, name) }

// Take gives out the next n numbers of a counter and returns the first, counting from 1.
func Take(tx store.Tx, name string, n int) (int, error) { return journal.Take(tx, name, n) }

// Log appends an entry to the journal, in the transaction of the change it reports. before and after are kept as
// JSON; nil leaves them out.
func (o *Records) Log(tx store.Tx, verb, of string, before, after any) error {
	return By{o, o.Actor}.Log(tx, verb, of, before, after)
}

// By logs what somebody did, a judge or the organiser.
type By struct {
	rec  *Records
	name string
}

// ByWhom logs what was done by whom a deed names.
func ByWhom(rec *Records, d journal.Deed) By { return By{rec, cmp.Or(string(d.By), rec.Actor)} }

// Log is as that of Records.
func (o By) Log(tx store.Tx, verb, of string, before, after any) error {
	entry := judging.Entry{At: o.rec.Now().UTC(), By: o.name, On: o.rec.Station, Verb: verb, Of: of}
	var err error
	if entry.Before, err = RawJSON(before); err != nil {
		return err
	}
	if entry.After, err = RawJSON(after); err != nil {
		return err
	}
	return journal.Append(tx, entry)
}

func RawJSON(v any) (json.RawMessage, error) {
	if v == nil {
		return nil, nil
	}
	return json.Marshal(v)
}

func ruleVersion(r *judging.Rules) string { return judging.Serial("v", 6, r.Version) }

func unchanged(old []byte) ([]byte, error) { return old, nil }
