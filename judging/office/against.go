package office

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/office/internal/journal"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/packets"
	"fayi/judging/packet"
	"fayi/judging/store"
	"fayi/judging/store/archive"
)

// Relation is how the journal stands to what it was compared with.
type Relation = journal.Relation

// The relations.
const (
	Continues = journal.Continues // it goes on from there
	Ends      = journal.Ends      // it ends before: it is older, or its end was cut off
	Differs   = journal.Differs   // it says something else at that place
)

// What a journal can be compared with.
const (
	AgainstMark    = "mark" // of a paper
	AgainstBackup  = "backup"
	AgainstArchive = "archive"
	AgainstPacket  = "packet"
	AgainstReply   = "reply"
)

// Marked are the endings of files that carry where the journal stood when they were made.
var Marked = []string{".db", archive.Ending, packet.Ending, packet.ReplyEnding}

// Compared is what the journal was compared with.
type Compared struct {
	Kind     string   `json:"kind"` // AgainstMark and so on
	File     string   `json:"file,omitempty"`
	Mark     string   `json:"mark"` // where the journal stood then, as papers print it
	Relation Relation `json:"relation"`

	mark journal.Mark
}

// Found is what the opening of a contest saw that reading it does not show.
type Found = store.Found

// Finding is what opening the contest found wrong with its file.
type Finding struct {
	At   time.Time     `json:"at,omitzero"` // zero: now, and the journal could not keep it
	What []store.Found `json:"what"`
	Now  bool          `json:"now"` // found when the contest was opened this time
}

// findingOf reads an entry that keeps what was found.
func findingOf(e judging.Entry) (Finding, bool) {
	if area, did, _ := strings.Cut(e.Verb, "."); area != "contest" || did != "found" {
		return Finding{}, false
	}
	var after struct {
		Found []store.Found `json:"found"`
	}
	_ = json.Unmarshal(e.After, &after) // what it lacks, a later version wrote
	return Finding{At: e.At, What: after.Found}, true
}

// opened marks what was found this time.
func (r *CheckReport) opened(o *Office) {
	found := o.rec.Found
	switch n := len(r.Found); {
	case len(found) == 0:
	case o.ReadOnly() || n == 0:
		r.Found = append(r.Found, Finding{What: found, Now: true})
	default:
		r.Found[n-1].Now = true
	}
}

type phraseKey struct{}

// WithPhrase returns a context under which CheckContest opens what a phrase opens: a sealed archive, a packet, and a
// backup under a password that is not that of the contest.
func WithPhrase(ctx context.Context, phrase string) context.Context {
	return context.WithValue(ctx, phraseKey{}, phrase)
}

// wantsPhrase are the errors of CheckContest that WithPhrase may help.
var wantsPhrase = []string{
	"archive.sealed", "archive.wrong_phrase", "packet.wrong_phrase", "seal.locked", "seal.wrong", "seal.code_mistyped",
	"seal.wait",
}

// WantsPhrase reports whether err says that what the journal is to be compared with did not open without a phrase, or
// by the one that was given.
func WantsPhrase(err error) bool {
	var e *judging.Error
	return errors.As(err, &e) && slices.Contains(wantsPhrase, e.Text)
}

// compare says how the journal stands to what it is compared with.
func (r *CheckReport) compare(tx store.Tx) (err error) {
	if r.Against == nil {
		return nil
	}
	r.Continues = false
	r.Against.Relation, err = r.Against.mark.Relation(tx)
	r.Continues = err == nil && r.Against.Relation == Continues
	return err
}

// readAgainst reads what the journal is compared with; "" is nil.
func (o *Office) readAgainst(ctx context.Context, against string) (*Compared, error) {
	if against = strings.TrimSpace(against); against == "" {
		return nil, nil
	}
	if m, ok := journal.ParseMark(against); ok {
		return &Compared{Kind: AgainstMark, Mark: m.Short(), mark: m}, nil
	}
	c := &Compared{File: filepath.Base(against)}
	phrase, _ := ctx.Value(phraseKey{}).(string)
	var err error
	switch ending := strings.ToLower(filepath.Ext(against)); {
	case ending == ".db" && o.rec.OpenCopy != nil:
		c.Kind = AgainstBackup
		c.mark, err = o.lastOf(ctx, against, phrase)
	case ending == archive.Ending && o.rec.OpenCopy != nil:
		c.Kind = AgainstArchive
		c.mark, err = o.lastInArchive(ctx, against, phrase)
	case ending == packet.Ending, ending == packet.ReplyEnding:
		c.Kind, c.mark, err = packetMark(ctx, o.rec, against, phrase)
	default:
		return nil, judging.Fail(judging.Invalid, "contest.bad_mark", judging.Args{"Text": against})
	}
	if err == nil && c.mark.Position == 0 {
		err = judging.Fail(judging.Invalid, "check.no_mark", judging.Args{"File": c.File})
	}
	c.Mark = c.mark.Short()
	return c, err
}

func packetMark(ctx context.Context, rec *records.Records, path, phrase string) (string, journal.Mark, error) {
	text, reply, err := packets.MarkIn(ctx, rec, path, phrase)
	m, _ := journal.ParseMark(text)
	if reply {
		return AgainstReply, m, err
	}
	return AgainstPacket, m, err
}

// lastOf returns where the journal of a copy stands. Errors: Clash for one of another contest, those of opening it.
func (o *Office) lastOf(ctx context.Context, path, phrase string) (m journal.Mark, err error) {
	db, err := o.rec.OpenCopy(path, phrase)
	if err != nil {
		return m, err
	}
	own, err := o.Contest(ctx)
	if err == nil {
		err = db.View(ctx, func(tx store.Tx) error {
			c, err := records.LoadContest(tx)
			if err == nil && c.ID != own.ID {
				err = judging.Fail(judging.Clash, "check.other_contest", judging.Args{"File": filepath.Base(path)})
			}
			if err == nil {
				m, err = journal.MarkOf(tx)
			}
			return err
		})
	}
	return m, errors.Join(err, db.Close())
}

// lastInArchive returns where the journal of an archive's database stands.
func (o *Office) lastInArchive(ctx context.Context, path, phrase string) (m journal.Mark, err error) {
	f, err := regular.Open(path)
	if err != nil {
		return m, store.Translate(path, err)
	}
	defer f.Close()
	temp, err := os.MkdirTemp("", "fayi-")
	if err != nil {
		return m, store.Translate(os.TempDir(), err)
	}
	defer os.RemoveAll(temp)
	copied := filepath.Join(temp, "contest.db")
	if err := archive.Try(o.rec.Tries, f, phrase); err != nil {
		return m, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return m, store.Translate(path, err)
	}
	if err := archive.Database(ctx, f, copied, phrase); err != nil {
		return m, err
	}
	return o.lastOf(ctx, copied, "")
}
