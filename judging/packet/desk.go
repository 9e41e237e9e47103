package packet

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/filetype"
)

var _ judging.Ballots = (*Packet)(nil)

// take applies a record of the journal to the state in memory.
func (p *Packet) take(r record) {
	p.last = r.At
	if r.Entered {
		p.submitted = true
	}
	if a := p.list.Duties.Pledge; r.Pledged != "" && a.Open() && a.Sum == r.Pledged {
		p.pledged = r.At
	}
	if r.Look != nil {
		p.looks[r.Look.Code] = r.Look.Look
	}
	if r.Ballot != nil {
		v := judging.ScoreVersion{Ballot: *r.Ballot, At: r.At, By: string(p.list.Duties.Judge), Source: judging.Packet}
		v.Mark = r.Mark
		said := p.said[r.Ballot.Code]
		at := len(said)
		if r.Late && at > 0 {
			at--
			v.At = said[at].At // not after the one that it stands before
		}
		p.said[r.Ballot.Code] = slices.Insert(said, at, v)
	}
}

// duty returns the work called code.
func (p *Packet) duty(code judging.WorkCode) (judging.Duty, error) {
	for _, w := range p.list.Duties.Works {
		if w.Code == code {
			return w, nil
		}
	}
	return judging.Duty{}, judging.Fail(judging.Forbidden, "scores.not_yours", judging.Args{"Work": code})
}

// held returns the ballot in force.
func (p *Packet) held(code judging.WorkCode) judging.Ballot {
	b := judging.Score{Versions: p.versions(code)}.Editable()
	b.Code = code
	b.Marks, b.Flags = maps.Clone(b.Marks), slices.Clone(b.Flags)
	return b
}

func (p *Packet) versions(code judging.WorkCode) []judging.ScoreVersion {
	return slices.Concat(p.list.History[code], p.said[code])
}

// Duties implements judging.Ballots.
func (p *Packet) Duties(ctx context.Context) (judging.Duties, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return judging.Duties{}, err
	}
	return p.duties(), nil
}

// duties is the list as it stands now.
func (p *Packet) duties() judging.Duties {
	out := p.list.Duties
	out.Submitted, out.Secret = p.submitted, true
	if out.Pledge.Open() {
		out.Pledge = new(*out.Pledge)
		out.Pledge.At = p.pledged
	}
	out.Works = slices.Clone(out.Works)
	for i := range out.Works {
		w, b := &out.Works[i], p.held(out.Works[i].Code)
		w.State, w.Total, w.Confidence, w.Flags = b.State, b.Total, b.Confidence, b.Flags
		w.Look = p.look(*w)
	}
	return out
}

// look is what was looked at of a work, here or before the packet was sealed. w is its entry in the list.
func (p *Packet) look(w judging.Duty) judging.Look {
	l, here := p.looks[w.Code]
	if !here {
		l = w.Look
	}
	l.Seen = slices.Clone(l.Seen)
	return l
}

// Look implements judging.Ballots.
func (p *Packet) Look(ctx context.Context, code judging.WorkCode, l judging.Look) error {
	w, err := p.duty(code)
	if err == nil {
		err = w.CheckLook(l)
	}
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.submitted || p.look(w).Same(l) {
		return ctx.Err()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	l.Seen = slices.Clone(l.Seen)
	return p.add(record{Look: &looked{code, l}})
}

// OpenFile implements judging.Ballots.
func (p *Packet) OpenFile(ctx context.Context, code judging.WorkCode, n, _ int) (judging.OpenFile, error) {
	d, err := p.duty(code)
	if err != nil {
		return judging.OpenFile{}, err
	}
	files := p.files[code]
	if n < 0 || n >= len(files) {
		return judging.OpenFile{}, judging.Fail(judging.NotFound, "packet.no_file", judging.Args{"Work": code})
	}
	if err := ctx.Err(); err != nil {
		return judging.OpenFile{}, err
	}
	f, err := regular.Open(files[n])
	if err != nil {
		return judging.OpenFile{}, fault(files[n], err)
	}
	info, err := f.Stat()
	if err == nil && info.Size() == 0 && d.Files[n].Bytes > 0 { // it was not fit to be seen when the packet was made
		return judging.OpenFile{}, errors.Join(
			judging.Fail(judging.Closed, "blind.not_clean", judging.Args{"Work": code, "N": n + 1}), f.Close())
	}
	head := make([]byte, filetype.HeadSize)
	k, read := f.ReadAt(head, 0)
	if err != nil || read != nil && read != io.EOF {
		return judging.OpenFile{}, errors.Join(fault(files[n], errors.Join(err, read)), f.Close())
	}
	tag := hmac.New(sha256.New, []byte(p.list.Packet)) // what lies in a packet never changes
	fmt.Fprintf(tag, "etag/%s/%d", code, n)
	return judging.OpenFile{
		ReadSeekCloser: f, Type: filetype.Of(head[:k], "").ContentType(), Size: info.Size(),
		ETag: hex.EncodeToString(tag.Sum(nil)[:16]),
	}, nil
}

// Load implements judging.Ballots.
func (p *Packet) Load(ctx context.Context, code judging.WorkCode) (judging.Ballot, error) {
	if _, err := p.duty(code); err != nil {
		return judging.Ballot{}, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.held(code), ctx.Err()
}

// History implements judging.Ballots: versions from before the packet was sealed come first.
func (p *Packet) History(ctx context.Context, code judging.WorkCode) ([]judging.ScoreVersion, error) {
	if _, err := p.duty(code); err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.versions(code), ctx.Err()
}

// Save implements judging.Ballots. A ballot that is already stored is not written again. One that was overtaken joins
// the history before the one that holds: nobody but the judge can decide, by saving it again on that one.
func (p *Packet) Save(ctx context.Context, b judging.Ballot) (judging.Ballot, error) {
	w, err := p.duty(b.Code)
	if err != nil {
		return b, err
	}
	if b, err = b.Complete(p.list.Duties.Rubrics[w.Category], p.list.Duties.TotalOnly); err != nil {
		return b, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	held := p.held(b.Code)
	known := slices.ContainsFunc(p.versions(b.Code), func(v judging.ScoreVersion) bool { return v.ID() == b.Mark })
	if held.Same(b) || known {
		return held, ctx.Err()
	}
	if p.submitted {
		return b, judging.Fail(judging.Closed, "scores.submitted", judging.Args{"Judge": p.list.Duties.Judge})
	}
	if p.duties().Pledge.Open() {
		return b, judging.Fail(judging.Closed, "pledge.first", judging.Args{"Called": p.list.Duties.Name})
	}
	if err := ctx.Err(); err != nil {
		return b, err
	}
	kept := b
	kept.Marks, kept.Flags = maps.Clone(b.Marks), slices.Clone(b.Flags)
	r := record{Ballot: &kept, Mark: b.Mark}
	r.Late = b.Mark != "" && b.Base != "" && b.Base != held.Base && len(p.said[b.Code]) > 0
	if kept.Mark = ""; !r.Late {
		kept.Base = held.Base
	}
	if err := p.add(r); err != nil {
		return b, err
	}
	if held = p.held(b.Code); r.Late {
		return held, judging.Fail(judging.Clash, "scores.overtaken", judging.Args{"Work": b.Code})
	}
	return held, nil
}

// Pledge implements judging.Ballots.
func (p *Packet) Pledge(ctx context.Context, sum string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	a := p.duties().Pledge
	if a == nil || a.Sum != sum {
		return judging.Fail(judging.Clash, "pledge.other", nil)
	}
	if err := ctx.Err(); err != nil || !a.Open() {
		return err
	}
	return p.add(record{Pledged: sum})
}

// add stores r. Its time is never before an earlier one's, nor before the packet was made, whatever the clock says.
func (p *Packet) add(r record) error {
	if r.At = p.now().UTC(); r.At.Before(p.last) {
		r.At = p.last
	}
	r, err := p.book.add(r)
	if err == nil {
		p.take(r)
	}
	return err
}

// Submit implements judging.Ballots; the secret is the passphrase.
func (p *Packet) Submit(ctx context.Context, secret string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := ctx.Err(); err != nil || p.submitted {
		return err
	}
	open, lacking := 0, 0
	for _, w := range p.list.Duties.Works {
		b := p.held(w.Code)
		if s := b.State; s != judging.Scored && s != judging.Abstained && s != judging.Recused {
			open++
			if p.list.Duties.Rubrics[w.Category].Asked(b) {
				lacking++
			}
		}
	}
	if open > 0 {
		return judging.Fail(judging.Clash, "scores.still_open", judging.Args{"Count": open, "Lacking": lacking})
	}
	if err := p.duties().CheckVotes(); err != nil {
		return err
	}
	if sum := sha256.Sum256([]byte(plainPhrase(secret))); subtle.ConstantTimeCompare(sum[:], p.secret[:]) != 1 {
		return judging.Fail(judging.Forbidden, "packet.wrong_phrase", nil)
	}
	return p.add(record{Entered: true})
}
