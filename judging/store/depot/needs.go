package depot

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/store"
)

// Sums are files that somebody refers to.
type Sums map[[sumSize]byte]bool

const (
	sumSize  = 32
	sumSigns = 2 * sumSize

	// shortName is how much of a hidden name stands in the list of a computer's needs: enough to meet no other.
	shortName = 16
	mostNeeds = 64 << 20 // bytes of such a list
	listVer   = "fayi needs 1\n"
)

// Mention adds every sum that stands anywhere in db: in a value or a key of whatever table, as text. So no table can be
// forgotten; what looks like a sum and is another number does no harm.
func (s Sums) Mention(ctx context.Context, db store.DB) error {
	return db.View(ctx, func(tx store.Tx) error { return s.MentionIn(ctx, tx) })
}

// MentionIn is Mention of what a transaction sees.
func (s Sums) MentionIn(ctx context.Context, tx store.Tx) error {
	return tx.Scan(nil, func(key, value []byte) error {
		s.in(key)
		s.in(value)
		return ctx.Err()
	})
}

// has reports whether a file is referred to.
func (s Sums) has(sum string) bool {
	var raw [sumSize]byte
	n, err := hex.Decode(raw[:], []byte(sum))
	return err == nil && n == sumSize && s[raw]
}

// in adds the sums that stand in a text: runs of exactly 64 hex digits.
func (s Sums) in(text []byte) {
	for at := 0; at+sumSigns <= len(text); {
		n := sumSigns - 1
		for n >= 0 && isHex(text[at+n]) {
			n--
		}
		if n >= 0 { // no run that begins before this sign is long enough
			at += n + 1
			continue
		}
		end := at + sumSigns
		for end < len(text) && isHex(text[end]) {
			end++
		}
		if start := at; end-start == sumSigns && (start == 0 || !isHex(text[start-1])) {
			var sum [sumSize]byte
			hex.Decode(sum[:], text[start:end])
			s[sum] = true
		}
		at = end
	}
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' }

// hiddenNames are the names of sums in the engine, cut short.
func (k keys) hiddenNames(sums Sums) map[[shortName]byte]bool {
	out := make(map[[shortName]byte]bool, len(sums))
	for sum := range sums {
		if name, whole := shortOf(k.hidden(hex.EncodeToString(sum[:]))); whole {
			out[name] = true
		}
	}
	return out
}

func shortOf(hidden string) (out [shortName]byte, whole bool) {
	if !isSum(hidden) {
		return out, false
	}
	hex.Decode(out[:], []byte(hidden[:2*shortName]))
	return out, true
}

// Publish tells the others which of the files in the engine this computer refers to, itself and in its copies of the
// contest, in the place of what it said before: whoever sweeps leaves those. whole is false where a copy could not be
// read; then nobody sweeps. Errors: those of the engine.
func (d *Depot) Publish(ctx context.Context, sums Sums, whole bool) error {
	named := d.keys.hiddenNames(sums)
	var list []string
	m := d.moving(ctx, 0)
	err := d.engine.List(m.ctx, d.keys.prefix, func(o Object) error {
		Moved(m.ctx)
		hidden, is := d.keys.isFile(o.Name)
		if short, _ := shortOf(hidden); is && named[short] {
			list = append(list, string(short[:]))
		}
		return nil
	})
	m.stop()
	if err := d.noted(m.answer(err)); err != nil {
		return err
	}
	slices.Sort(list)
	text := listVer + "whole\n"
	if !whole {
		text = listVer + "partly\n"
	}
	text += strings.Join(list, "")
	return d.noted(d.act(ctx, func(ctx context.Context) error {
		return d.engine.Put(ctx, d.keys.needs(d.name), int64(len(text)), strings.NewReader(text))
	}))
}

// Withdraw takes back what Publish said, by a computer that leaves. Errors: those of the engine.
func (d *Depot) Withdraw(ctx context.Context) error {
	return d.noted(d.act(ctx, func(ctx context.Context) error { return d.engine.Remove(ctx, d.keys.needs(d.name)) }))
}

// readNeeds adds what a computer published. Errors: Clash, "depot.needs_partly"; Corrupt, "depot.needs"; those of the
// engine.
func (d *Depot) readNeeds(ctx context.Context, name string, into map[[shortName]byte]bool) error {
	in, err := d.engine.Get(ctx, name)
	if errors.Is(err, judging.ErrNotFound) {
		return nil // that computer has left
	}
	if err != nil {
		return err
	}
	defer in.Close()
	raw, err := io.ReadAll(io.LimitReader(in, mostNeeds+1))
	if err != nil {
		return err
	}
	raw, known := bytes.CutPrefix(raw, []byte(listVer))
	state, names, cut := bytes.Cut(raw, []byte("\n"))
	switch {
	case string(state) == "partly":
		return judging.Fail(judging.Clash, "depot.needs_partly", nil)
	case !known || !cut || string(state) != "whole" || len(names)%shortName != 0 || len(names) > mostNeeds:
		return judging.Fail(judging.Corrupt, "depot.needs", nil)
	}
	for one := range slices.Chunk(names, shortName) {
		into[[shortName]byte(one)] = true
	}
	return nil
}
