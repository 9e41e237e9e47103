package packets

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/office/internal/journal"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/sets"
	"fayi/judging/office/scoring"
	"fayi/judging/packet"
	"fayi/judging/store"
)

// record is what the contest keeps of a packet it sealed.
type record struct {
	Info
	Key    []byte `json:"key"`              // checks the signature of its replies
	Phrase string `json:"phrase,omitempty"` // when it was drawn here: slips can be printed again
}

// Info reports a packet that was sealed.
type Info struct {
	ID        string          `json:"id"`
	Judge     judging.JudgeID `json:"judge"`
	Name      string          `json:"name"` // the judge's
	Round     judging.Round   `json:"round"`
	Plan      string          `json:"plan"` // version
	File      string          `json:"file"` // name
	Made      time.Time       `json:"made"`
	Works     int             `json:"works"`
	Files     int             `json:"files"`
	Bytes     int64           `json:"bytes"`          // of the media
	Shut      int             `json:"shut,omitempty"` // media that the judge can't open: not cleaned, or not looked at
	Originals bool            `json:"originals"`
	Seq       int             `json:"seq"`                // how far its replies were collected
	Collected time.Time       `json:"collected,omitzero"` // when last
	Drawn     bool            `json:"drawn"`              // the passphrase was drawn here: a slip can be printed
	packet.Return
}

// replyKey is the contest's key for replies; there is one.
type replyKey struct {
	Identity  string `json:"identity"`
	Recipient string `json:"recipient"`
}

var (
	packets   = store.NewTable("packet", 1, func(p *record) string { return p.ID })
	replyKeys = store.NewTable("reply_key", 1, func(*replyKey) string { return "reply" })
)

// SealOptions say how a packet is made.
type SealOptions struct {
	Passphrase string        // "" draws one, which can be printed again later; one that is given is kept nowhere
	Originals  bool          // pictures at full size, not shrunk for screens
	Due        string        // until when the reply is to come back, in the organiser's words; "" says nothing
	To         string        // whom it is brought to; "" is the contest's host
	Words      diploma.Words // of the note that says how to use the packet, written next to it; nil writes none
}

// Sealed is a packet just made.
type Sealed struct {
	Info
	Passphrase string `json:"passphrase"`
}

// SealPacket writes a judge's packet to path: blind works, media, rubrics and what the judge said so far, sealed to
// a passphrase. progress, which may be nil, hears of media done. Errors: NotFound for the judge, Closed when no
// plan is published or the list is handed in, Clash for a judge without works or where the note of another packet is
// there (package sets), Invalid for a passphrase too short, Unavailable.
func (o Stage) SealPacket(
	ctx context.Context, judge judging.JudgeID, path string, opt SealOptions, progress func(done, total int),
) (Sealed, error) {
	out := Sealed{Passphrase: opt.Passphrase}
	c, err := o.packetContents(ctx, judge, opt)
	if err != nil {
		return out, err
	}
	rec := record{
		Info: Info{
			Judge:     judge,
			Name:      c.Duties.Name,
			Round:     c.Duties.Round,
			Plan:      c.Duties.Plan,
			File:      filepath.Base(path),
			Made:      c.Made,
			Works:     len(c.Duties.Works),
			Originals: opt.Originals,
			Drawn:     opt.Passphrase == "",
			Return:    c.Return,
		},
	}
	if rec.Drawn {
		if rec.Phrase, err = packet.NewPassphrase(o.rec.Random); err != nil {
			return out, err
		}
		out.Passphrase = rec.Phrase
	}
	if opt.Words != nil { // asked before the packet is out in the world
		if err := sets.Free(ctx, notePath(path, opt.Words)); err != nil {
			return out, err
		}
	}
	err = records.WriteFile(path, func(w io.Writer) error {
		sealed, err := packet.Seal(ctx, w, c, out.Passphrase, progress)
		if err != nil {
			return err
		}
		rec.ID, rec.Key, rec.Files, rec.Bytes = sealed.Packet, sealed.Key, sealed.Files, sealed.Bytes
		rec.Shut = sealed.Shut
		return o.keepPacket(ctx, rec) // before the file gets its name: a packet out in the world is always known here
	})
	out.Info = rec.Info
	if err == nil && opt.Words != nil {
		err = writeNote(ctx, path, rec.Info, opt.Words)
	}
	return out, err
}

func (o Stage) keepPacket(ctx context.Context, rec record) error {
	return o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		if err := packets.Put(tx, rec); err != nil {
			return err
		}
		return o.rec.Log(tx, "packet.seal", rec.ID, nil, map[string]any{
			"judge":     rec.Judge,
			"plan":      rec.Plan,
			"works":     rec.Works,
			"originals": rec.Originals,
		})
	})
}

// packetContents reads all of a packet but its media.
func (o Stage) packetContents(
	ctx context.Context, judge judging.JudgeID, opt SealOptions,
) (packet.Contents, error) {
	c, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (packet.Contents, error) {
		c := packet.Contents{
			Made:    o.rec.Now().UTC(),
			History: map[judging.WorkCode][]judging.ScoreVersion{},
		}
		in, err := scoring.LoadDeskDuty(tx, judge)
		if err != nil {
			return c, err
		}
		switch {
		case in.Seat.Submitted:
			return c, judging.Fail(judging.Closed, "scores.submitted", judging.Args{"Judge": judge})
		case in.Closed:
			return c, judging.Fail(judging.Closed, "closing.closed", nil)
		case len(in.Works) == 0:
			return c, judging.Fail(judging.Clash, "packet.no_works", judging.Args{"Judge": judge})
		}
		c.Contest = in.Contest.ID
		mark, err := journal.MarkOf(tx)
		if err != nil {
			return c, err
		}
		c.Mark = mark.String()
		c.Return = packet.Return{Due: judging.Tidy(opt.Due), To: judging.Tidy(opt.To)}
		if c.Return.To == "" {
			c.Return.To = in.Contest.Host
		}
		if c.Duties, err = in.Duties(tx); err != nil {
			return c, err
		}
		for _, w := range slices.Concat(in.Works, in.Trial) {
			s, err := in.LoadScore(tx, w)
			if err != nil {
				return c, err
			}
			if len(s.Versions) > 0 {
				c.History[w.Code] = s.Versions
			}
		}
		return c, nil
	})
	if err != nil {
		return c, err
	}
	key, err := o.replyKey(ctx) // not before the packet may be made: a refusal writes nothing
	c.ReplyTo, c.Open = key.Recipient, o.packetFile(judge, c.Duties.Works, opt.Originals)
	return c, err
}

// replyKey returns the contest's key for replies, made when it is first wanted.
func (o Stage) replyKey(ctx context.Context) (replyKey, error) {
	load := func(tx store.Tx) (replyKey, error) { return replyKeys.Get(tx, "reply") }
	key, err := records.View(ctx, o.rec.DB, load)
	if !errors.Is(err, judging.ErrNotFound) {
		return key, err
	}
	var drawn replyKey
	if drawn.Identity, drawn.Recipient, err = packet.NewReplyKey(); err != nil {
		return drawn, err
	}
	err = o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		if key, err = load(tx); !errors.Is(err, judging.ErrNotFound) {
			return err
		}
		key = drawn
		if err := replyKeys.Put(tx, key); err != nil {
			return err
		}
		return o.rec.Log(tx, "packet.key", "reply", nil, nil)
	})
	return key, err
}

// SealPackets writes a packet for each judge who has works and has not handed in into dir, each with a passphrase
// of its own, and returns them. progress, which may be nil, hears of judges done. Errors: as SealPacket; those
// sealed before the error stay.
func (o Stage) SealPackets(
	ctx context.Context, dir string, opt SealOptions, words diploma.Words, progress func(done, total int),
) ([]Sealed, error) {
	out := []Sealed{}
	opt.Words = words
	status, err := scoring.Of(o.rec).ScoresStatus(ctx)
	if err != nil {
		return out, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return out, store.Translate(dir, err)
	}
	var files []string // which are made is known before the first one is
	path := func(j scoring.JudgeStatus) string {
		return filepath.Join(
			dir, records.FileName(words("packet.file_name", map[string]any{"Judge": j.Call}))+packet.Ending,
		)
	}
	for _, j := range status.Judges {
		if j.Total > 0 && !j.Submitted {
			files = append(files, path(j), notePath(path(j), words))
		}
	}
	if err := sets.Free(ctx, files...); err != nil {
		return out, err
	}
	for i, j := range status.Judges {
		if j.Total > 0 && !j.Submitted {
			p, err := o.SealPacket(ctx, j.Judge, path(j), opt, nil)
			if err != nil {
				return out, err
			}
			out = append(out, p)
		}
		if progress != nil {
			progress(i+1, len(status.Judges))
		}
	}
	return out, nil
}

// ListPackets lists the packets sealed, newest first.
func (o Stage) ListPackets(ctx context.Context) ([]Info, error) {
	all, err := o.packetRecords(ctx)
	out := make([]Info, len(all))
	for i, p := range all {
		out[i] = p.Info
	}
	return out, err
}

func (o Stage) packetRecords(ctx context.Context) ([]record, error) {
	all, err := records.View(ctx, o.rec.DB, func(tx store.Tx) ([]record, error) {
		return records.Collect(func(fn func(record) error) error { return packets.Each(tx, fn) })
	})
	slices.SortStableFunc(all, func(a, b record) int { return b.Made.Compare(a.Made) })
	return all, err
}

// WritePacketSlips writes the passphrases of the round's newest packets to path as PDF, four slips to a page: of
// all judges, or only of the one named. passphrase is what a packet was sealed with if it was not drawn here.
// Errors: NotFound when there is none to write.
func (o Stage) WritePacketSlips(
	ctx context.Context, path string, only judging.JudgeID, passphrase string, words diploma.Words,
) (int, error) {
	c, err := o.rec.Contest(ctx)
	if err != nil {
		return 0, err
	}
	all, err := o.packetRecords(ctx)
	if err != nil {
		return 0, err
	}
	var slips []diploma.PassSlip
	done := map[judging.JudgeID]bool{}
	for _, p := range all {
		if p.Round != c.Round || done[p.Judge] || only != "" && only != p.Judge {
			continue
		}
		done[p.Judge] = true
		if !p.Drawn && only != "" {
			p.Phrase = passphrase
		}
		if p.Phrase != "" {
			slips = append(slips, diploma.PassSlip{
				Contest: c.Title(),
				Judge:   p.Name,
				File:    p.File,
				Phrase:  p.Phrase,
				Back:    backWords(p.Info, words),
				Made:    p.Made,
				Words:   words,
			})
		}
	}
	if len(slips) == 0 {
		return 0, judging.Fail(judging.NotFound, "packet.no_slips", nil)
	}
	slices.SortFunc(slips, func(a, b diploma.PassSlip) int { return strings.Compare(a.File, b.File) })
	return len(slips), records.WriteFile(path, func(w io.Writer) error { return diploma.Slip(w, slips...) })
}
